# Everything else that the bot says: answers to presses, refusals, questions, reminders, help.

# --- answers to presses

done-by-accept = Accepted. Take care on the way
done-by-arrive = Arrival noted. Answer the card with a photo
done-by-resolve = Resolved; the group has been told
done-by-suspend = Suspended; the deadline waits
done-by-resume = Resumed
done-by-give-back = Given back; a lead will send it on
done-by-pass-on = Passed on
done-by-dispatch = Dispatched
done-by-void = Voided
done-by-condition = The condition is changed, the deadline reckoned anew
done-by-condition-which = Choose the condition
done-by-withdraw = All right, taken back
done-by-matter = Choose what it is, or just answer this message
done-by-place = Answer this message with the place, or send a location
done-by-amend = All right, changed
done-by-merge = Put together
done-by-split = All right, each goes its own way
done-by-apart = All right, each goes its own way
done-by-confirm = Thank you
done-by-dispute = Somebody is being sent again. Sorry for the wait
done-by-extend = Extended; the squad has been told
done-by-snooze = All right, no reminders for now
done-by-calm = Reminders go on
done-by-amount = Choose one, or answer the card
done-by-menu = { "" }
done-by-means = Choose how it was solved
done-by-choose = Choose a reason, or answer the card
done-by-squad = Choose a squad
done-by-yes = All right, a ticket is open
done-by-no = All right, never mind
done-by-revoke = Revoked. If that was a mistake, restore it
done-by-restore = Restored
sending-list = Being listed
sending-page = Here it is
sending-map = Being drawn
sending-sheet = Being exported, one moment

# --- refusals

unknown-press = This button has had its day; please use the newest card
question-gone = This question has had its day; if there is something, just say it again
not-asked = Only the sender of the message is asked
summary-gone = This summary is too old; please ask again
not-your-summary = This summary is for who asked and for leads
no-points = None of the tickets of this time has a location, so there is no map
too-many = Too many for a chat: use qunban export at the computer, or choose a shorter time
other-officer = another officer
refusal-taken = { $officer } has accepted it and is at work
refusal-late = It is “{ $status }” by now; please look at the newest card
refusal-not-yours = { $officer } has it in hand
refusal-not-you = This button is not yours to press, thank you
refusal-reason = Please give a reason: choose one, or answer the card
refusal-proof = First answer this card with a photo from the place, or with what was done; then press Resolve
refusal-means = Choose how it was solved
refusal-ladder = Before enforcement, service or management must be on record; if not, answer the card with the reason first
refusal-squad = Choose a squad
refusal-apart = It is not merged into another
refusal-amount = For how long? Write: extend 1 working day and the reason, or: snooze 2 hours and the reason
refusal-leads-only = Leads decide about reminders. For more time answer: extend 1 working day and the reason
refusal-condition = This matter has no such condition, see the newest card
refusal-same-condition = It is this condition already
refusal-void-leads = The leads void tickets; give back what is not to be done, with the reason
refusal-too-little = It would still be overdue; please give it more
refusal-too-much = A year at most; please give it less
refusal-by-file = The role is written in the configuration and cannot be revoked here; please change the file
refusal-oneself = You cannot revoke yourself; please ask another lead
refusal-unbound = There is no role to revoke; please look at the newest list
refusal-bound = There is a role already; nothing to restore
refusal-nobody = Nobody like that was found; please look at the newest list

# --- questions and words passed on

question = “{ $words }”: shall somebody be sent ({ $about })?
question-yes = Yes, open a ticket
question-no = No
gone-asks = { $head }: nobody need come any more? If you do not press, an officer still has a look.
gone-yes = Nobody need come
relayed = #{ $number } { $who }: { $words }
told-squad = #{ $number } { $who } adds: { $words }
chased-first = #{ $number } She asks where you are; please have a look.
chased-again = #{ $number } She asks where you are (time { $times }); please have a look.
sent-again = { $head } has been sent again; please see the card above.
released = { $head } was with { $officer } and is back with the squad; please accept it again.
given-back = { $head } was given back again; please see the card above.
asks-no-more = That is a lot at once, so I stop asking about what is unclear. If somebody is to come, please say what and where.
answers-no-more = That was a lot of questions. Please ask again in a few minutes.

# --- tickets, summaries, help

mine-none = You have no open tickets.
mine-head = Your tickets:
mine-more = and { $n } more
no-ticket = There is no ticket of this number; please check it.
not-for-you = This ticket is for who works on it and who told of it.
pictures-refused = The photos cannot be passed on just now; please see them in the ticket's group or on the pages
ask-number = Please add the number, for example: /ticket 127
leads-only = Summaries are for leads; for your own tickets send /mine.
party-later = For the whole history of a matter send /ticket and its number.
map-caption = { $title }: where the { $n } are
report-title = { $title }: report
sheet-caption = { $title }: { $n } tickets; the second sheet is their history
not-understood = “{ $words }” was not understood. Ask like this: /summary today, last week by squad, 5 March to 8 March, stalls on the road last month, who has the largest backlog.
no-such-day = Month { $month } has no day { $day }, please look at the date
no-leap-day = February { $year } has no day 29, please look at the date
no-such-month = There is no month { $n }, please look at the date
no-such-year = There is no year { $n }, please look at the date
no-such-quarter = A year has four quarters, there is no quarter { $n }
not-begun = These days are yet to come, please ask about today or earlier
over-ten-years = Ten years at most, please choose nearer dates
wrong-way-round = The first day is after the last, please write them the other way round
a-day-or-more = Please write one day or more, such as last 7 days
help =
    Just say in the group what is wrong; with a location or a photo it goes faster.
    /mine: your tickets
    /ticket 127: how one of them stands
help-staff =
    Buttons of the card: Accept · Arrived · Resolve · Pass on · Give back · Suspend
    Answer the card: photos and words are passed on
    /mine: the tickets in your hand
help-history = /ticket 127: its whole history
help-history-lead = /ticket 127: its whole history; you can extend it, stop reminders or void it
help-lead =
    /summary today, how was this week, last month by squad, 5 March to 8 March: the figures
    who has the largest backlog, 721 shares, compared with last month: just ask
    /people: who has which role; you can revoke it
    /invite officer SQUAD: in private, a one-time code for a role

# --- what the commands do

command-help = How to use it
command-ticket = One ticket, by its number
command-mine = My tickets
command-summary = Summary (leads)
command-people = Who has a role (leads)
command-invite = A code for a role (leads, in private)
command-bind = Bind a role by its code (in private)
command-login = Log in to the pages (in private)
command-privacy = My data: how kept, how seen, how erased
command-language = Choose a language (in private)

# --- languages

language-own = English
language-asks = Which language shall I speak with you?
language-chosen = All right, I speak English with you from now on.
alone = I listen in the group of your street: tell me there what is wrong, with a pin if you can. Send me /mine for what you told of, /help for the rest.
language-of-group = This group speaks English; the administrator sets that. For our private talk send me /language there.
