# Every sentence of the pages. zh.ftl has the Chinese of the same names; a test holds that both are whole.

brand = Qunban
skip = Skip to content
nav = Sections
nav-board = Board
nav-map = Map
nav-figures = Figures
nav-settings = Settings
to-board = Back to the board

# --- the door

welcome-title = Please log in
left-title = You are logged out
welcome-how = There is no password. The bot sends you a link in private:
welcome-step-chat = Open a private chat with the bot
welcome-step-say = Send it: /login
welcome-step-open = Open the link that it answers with; it holds for 5 minutes and works once
welcome-who = For officers and leads. If you have no role yet, ask your lead for a code.
door-title = Log in
door-words = Press the button and you are in. The link works once; if you did not ask for it, just close this page.
door-button = Log in

# --- trouble

trouble-gone-title = There is no such page
trouble-gone = The address may be wrong, or what you look for is no longer there.
trouble-login-title = Please log in
trouble-login = Your login has ended. Send /login to the bot in private.
trouble-link-title = This link opens nothing any more
trouble-link = A link works once and for 5 minutes. Send /login to the bot in private for a new one.
trouble-form-title = This page was open for too long
trouble-form = To be on the safe side nothing was done. Go back, reload and try again; what you wrote is still there.
trouble-not-yours-title = This is not open to you
trouble-not-yours = Your present role may not see this page or do this. Ask your lead if you need it.
trouble-large-title = Too long
trouble-large = Please write less and try again.
trouble-many-title = Too many for one file
trouble-many = There are more than 100,000 tickets. Narrow the days or the filters, or run qunban export on the server.
trouble-ours-title = Something went wrong on our side
trouble-ours = It has been noted. Please try again in a moment.

# --- me

me-title = My logins
me-sight = You see the tickets of { $squad }
me-sight-all = You see all tickets
me-stays = Where you are logged in
me-here = here
me-since = since { $at }
me-seen = last seen { $at }
me-logout = Log out
me-end = End it
me-everywhere = Log out everywhere

# --- the board

board-title = Board
board-empty = Nothing is open right now. Time for a breather.
board-none = No ticket fits. Try other filters.
views = Saved views
view-keep = Save these filters as a view
view-name = Name
view-hint = for example: late on Fengming Road
view-drop = Delete the view “{ $name }”
save = Save
export = Export
export-found = Export these tickets
export-xlsx = Export tickets
export-csv = Export indicators
export-pdf = Report as PDF
filters = Filters
search = Find tickets
search-hint = Number, words, place, party, who reported
look = Search
state = Status
squad = Squad
street = Street
grid = Grid
group = Group
officer = Officer
matter = Matter
any = Any
overdue = Overdue
mine = In my hands
clear = Clear filters
narrowed = Only the tickets behind the number you followed are listed.
figures-part = Only { $part }.
tallies = How many in each status
count = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
count-many = More than 999 tickets
page = Page { $n }
pages = Pages
before = Previous
after = Next
urgent = Urgent
round = Round { $n }
chased = Chased { $n }×
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n } d
late-by = { $span } late
left-still = { $span } left

state-open = Open
state-ended = Ended
state-all = All

# --- a ticket

said = In her words
exact = Show exact words
exact-why = Phones, ID numbers, plates and names are masked; looking is written down with your name
exact-noted = These are the exact words. That you looked has been written down.
outcome = Account
photos = Photos
photos-before = When reported
photos-after = When done
no-photos = none yet
not-fetched = could not be fetched
file = Open the file
talk = Talk in the group
talk-gone = The talk has been deleted, its time of keeping is over.
a-photo = (photo)
a-voice = (voice note)
a-pin = (location)
history = History
by-hand = said in the group
facts = Facts
place = Place
on-map = Show on the map
told-by = Reported by
party = Party
demand = Demand
opened = Opened
deadline = Deadline
resolved = Resolved
reason = Reason
recurs = Back again
under = Merged into it
merged-into = Merged into
perhaps = This may be the same thing:
deeds = Act
do-assign = Send to a squad
do-extend = Extend
do-snooze = Pause reminders
do-wake = Remind again
do-condition = Change the condition
do-merge = Merge
do-split = Split off
do-void = Void
do-answer = Send to the group
do-memo = Keep
by-how-much = By how much
how-long = Until
which-condition = Which condition it is (the deadline is reckoned anew)
snooze-why = The deadline stays. Squad and leads are not reminded meanwhile; the bureau still hears of what is very late.
snooze-hours = For { $n } hours
snooze-morning = Until 8 tomorrow morning
snooze-days = { $n ->
    [one] For a day
   *[other] For { $n } days
}
snoozed = No reminders until
merge-other = Into which ticket (number)
split-why = If it is not the same thing as the one above, split it off to be worked on by itself.
answer = Answer the reporter
canned = Canned replies
canned-pick = Pick one…
answer-words = What to say
answer-why = The bot replies to her in the group
memos = Internal notes
memos-why = seen on these pages only
memo-words = For your colleagues
done-assign = Sent; the squad has its card.
done-extend = Extended.
done-snooze = Reminders are paused.
done-wake = Reminders go on.
done-condition = The condition is changed, the deadline reckoned anew.
done-merge = Merged; they are one now.
done-split = Split off; it goes its own way.
done-void = Voided; the cards in the chats follow.
done-answer = Sent to the group.
done-memo = Kept.
older-title = #{ $number } has just been changed
older-words = The ticket changed after you opened the page, so nothing was done yet. It is now:
older-again = { $deed } all the same
older-look = See the ticket as it is now
refused-late = The ticket has moved on; this cannot be done now.
refused-not-you = Your role may not do this.
refused-not-yours = The officer who took it does this.
refused-reason = Please give a reason.
refused-apart = It does not stand under another ticket; there is nothing to split.
refused-amount = Please choose a span; a ticket without a deadline needs no extension.
refused-awake = Reminders are not paused.
refused-condition = This matter has no such condition.
refused-same-condition = It is this condition already.
refused-too-little = It would still be late; please give it more.
refused-too-much = That is too long; please give it less.
refused-squad = There is no such squad.
refused-same-squad = This squad has it already.
refused-number = No ticket to merge into was found; please check the number.
refused-words = Please write what you want to say, and not too much.
refused-other = This could not be done; please look at the ticket as it is now.

# --- the map

map-count = { $n } on the map
map-newest = The newest { $n } on the map
map-how = How to look at it
map-cluster = Clusters
map-heat = Heat
map-fine = in time
map-late = overdue
map-bare = No map of streets and grids is configured
map-places = Where most of them are
map-no-places = None of these tickets has been found near a named road.

# --- settings

ruled-by-file = Groups, squads, people and limits come from config.yaml or one-time codes and are shown only; canned replies are changed here.
canned-why = On a ticket's page one of them can be picked and sent to the reporter; those that fit its matter and status are offered.
canned-none = There are none yet. Write the first.
canned-words = What to say
canned-keep = Add it
canned-drop = Delete “{ $words }”
drop = Delete
any-matter = Any matter
any-state = Any status
groups = Groups
name = Name
kind = Kind
kind-merchants = merchants
kind-sites = sites and cleaning
kind-squad = squad
kind-leads = leads
group-active = in use
group-muted = may not speak
group-left = left
group-unknown = not configured
squads = Squads
squad-open = { $n } open
people = People
people-why = Officers, leads, site and cleaning people. Who was bound by a code can be revoked by a lead who sends /people in private.
role = Role
source = By
source-config = config.yaml
source-code = code
limits = Limits
limits-why = Working hours: { $periods }. Matters that are not listed have the standard's limit.
limit = Limit
limit-default = Other matters

# --- figures

spans = Period
span-today = Today
span-week = This week
span-last-week = Last week
span-month = This month
span-last-month = Last month
span-year = This year
since = From
until = To
headlines = Main figures
was-before = { $n } before
trend = Day by day
rates = Rates
rate = Indicator
share = Share
part-of-whole = Part / whole
before-span = Before
nothing-yet = none yet
number-opened = Opened
number-closed = Closed
number-came-back = Came back
number-urgent = Urgent
number-open-now = Open now
number-overdue-now = Overdue now
number-held-now = In hand
number-backlog = Backlog
number-resolved = Resolved
rate-in-time-archive = Closed in time
rate-in-time-dispose = Resolved in time
rate-rework = Rework
rate-response = Response
rate-resolution = Resolution
rate-satisfaction = Satisfaction
seven = The means, 70/20/10
seven-why = { $all } resolved, { $n } of them with means on record
target = aim { $n }%
times = Times
from-opening = From opening to
median = Median
ninth = Nine of ten
to-accept = acceptance
to-arrive = arrival
to-resolve = resolution
top-matters = Matters
officers = Officers
repeated = Places that come back
repeated-none = No place came back.
hours = Which hour, which weekday
day-0 = Mon
day-1 = Tue
day-2 = Wed
day-3 = Thu
day-4 = Fri
day-5 = Sat
day-6 = Sun
