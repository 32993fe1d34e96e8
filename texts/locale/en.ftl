# Every sentence of the pages. zh.ftl has the Chinese of the same names; a test holds that both are whole.

brand = Qunban
skip = Skip to content
nav = Sections
nav-board = Board
nav-map = Map
nav-figures = Figures
nav-settings = Settings
to-board = Back to the board

role-officer = officer
role-lead = lead
role-admin = administrator

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
filters = Filters
search = Find tickets
search-hint = Number, words, place, party, who reported
look = Search
state = Status
squad = Squad
street = Street
matter = Matter
any = Any
overdue = Overdue
mine = In my hands
clear = Clear filters
narrowed = Only the tickets behind the number you followed are listed.
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
no-place = Place unknown
no-squad = No squad
no-matter = Inquiries and wishes
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n } d
late-by = { $span } late
left-still = { $span } left

state-open = Open
state-opened = To dispatch
state-dispatched = Waiting
state-accepted = Accepted
state-on-site = On site
state-suspended = Suspended
state-resolved = Resolved
state-closed = Closed
state-void = Void
state-ended = Ended
state-all = All
demand-complaint = Complaint
demand-report = Report
demand-help = Help
demand-inquiry = Inquiry
demand-suggestion = Suggestion
means-service = Service
means-management = Management
means-enforcement = Enforcement
