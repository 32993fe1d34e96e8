# Fixed words: states, verbs, demands, means, roles. A thing has one name, on the pages and in the chats.

role-merchant = merchant
role-worker = site worker
role-officer = officer
role-lead = lead
role-admin = administrator
role-of-squad = { $squad } { $role }
no-place = Place unknown
no-squad = No squad
no-matter = Inquiries and wishes
state-opened = To dispatch
state-dispatched = Waiting
state-accepted = Accepted
state-on-site = On site
state-suspended = Suspended
state-resolved = Resolved
state-closed = Closed
state-void = Void
demand-complaint = Complaint
demand-report = Report
demand-help = Help
demand-inquiry = Inquiry
demand-suggestion = Suggestion
means-service = Service
means-management = Management
means-enforcement = Enforcement
comma = ,{" "}
act-open = Opened
act-join = Joined by
act-part = Parted from
act-dispatch = Dispatched
act-accept = Accepted
act-pass-on = Passed on
act-give-back = Given back
act-arrive = Arrived
act-resolve = Resolved
act-suspend = Suspended
act-resume = Resumed
act-extend = Extended
act-confirm = Satisfied
act-dispute = Not solved
act-close = Closed
act-void = Voided
act-withdraw = Withdrawn
act-merge = Merged
act-split = Split off
act-release = Back to its squad
act-apart = Not the same
act-recur = Back again
act-add = Added
act-amend = Changed
act-photo = Photo
act-note = Note
act-remind = Reminded
act-chaser = Chased
act-reroute = Rerouted
act-located = Located
act-snooze = Snoozed
act-condition = Condition changed
act-calm = Reminders again
act-order = Order
act-plea = More time asked for
looked-words = read exact words
looked-history = read the whole history
looked-export = asked for a copy of
looked-erase = erased the data of
looked-sheet = exported tickets of
looked-picture = opened a picture of
looked-search = searched for the name of
emergency-110 = Danger or a crime: call 110 first
emergency-119 = Fire or gas: call 119 first
emergency-120 = Somebody is hurt: call 120 first
emergency-122 = A traffic accident: call 122 first
other-matter = Other matter
near-by = near { $name }
joint = ,{" "}
stop = { " " }
semicolon = ;{" "}
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
span-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
moment = { $day } { $month ->
     [1] Jan
     [2] Feb
     [3] Mar
     [4] Apr
     [5] May
     [6] Jun
     [7] Jul
     [8] Aug
     [9] Sep
     [10] Oct
     [11] Nov
    *[12] Dec
} { $clock }
moment-of-year = { $day } { $clock }
date = { $day } { $month ->
     [1] Jan
     [2] Feb
     [3] Mar
     [4] Apr
     [5] May
     [6] Jun
     [7] Jul
     [8] Aug
     [9] Sep
     [10] Oct
     [11] Nov
    *[12] Dec
}
day = { $day } { $month ->
     [1] Jan
     [2] Feb
     [3] Mar
     [4] Apr
     [5] May
     [6] Jun
     [7] Jul
     [8] Aug
     [9] Sep
     [10] Oct
     [11] Nov
    *[12] Dec
} { $year }
colleague = an officer

# What a lead calls a role when she asks for a code

role-said-worker = cleaner worker site
role-said-officer = officer
role-said-lead = lead
role-said-admin = admin
