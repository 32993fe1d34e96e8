# Figures: summaries, pictures, lists, maps, reports; a ticket's whole history.

sum-head = Summary: { $title }
sum-all = { $opened } opened{ $moved }, { $closed } closed, { $open } open now, closed in time { $archive }
sum-moved = {" "}({ $by } to { $against })
sum-same = {" "}(as { $against })
sum-times = Times (half/nine of ten within): { $times }
sum-glad = Satisfaction { $glad }, resolved in time { $dispose }
sum-share = { $percent }% ({ $part }/{ $whole })
sum-load = { $who } { $late } overdue of { $held } in hand
sum-loads = Backlog: { $loads }
sum-did = { $who } { $n }
sum-done = Resolved most: { $done }
sum-none-done = Nobody has resolved anything yet
sum-squad = { $squad } { $opened } opened, { $open } open now, { $late } overdue
sum-squads = By squad: { $squads }
sum-highest = { $rate }, the highest first: { $squads }
sum-lowest = { $rate }, the lowest first: { $squads }
sum-more-squads = { $n ->
    [one] { $n } squad more
   *[other] { $n } squads more
}
sum-none-ranked = { $rate }: no squad has any yet
sum-no-squads = No squad has any tickets
sum-no-load = Nobody has a backlog now
sum-matters = Matters: { $matters }
sum-no-matters = none
sum-three = The three rates: { $rates }
sum-compared = { $before } → { $now }: { $moved }
sum-late = { $n } overdue now: { $squads }
sum-none-late = Nothing is overdue now
sum-came-back = { $again } not solved at first, { $recurred } back again at the same place
sum-none-back = Nothing came back
sum-places = { $came }; told of more than once: { $places }
seven-none = 721: nothing is resolved yet, so there are no shares
seven-shares = 721: { $shares } (aim 70/20/10); { $honest }
seven-few = { $n ->
    [one] of { $n } only, which says little
   *[other] of { $n } only, which says little
}
seven-short = { $n ->
    [one] service is { $n } point short of its aim
   *[other] service is { $n } points short of its aim
}
seven-over = { $n ->
    [one] enforcement is { $n } point above its aim
   *[other] enforcement is { $n } points above its aim
}
seven-met = that is what 721 asks for
days = { $first } – { $last }

# --- the picture

chart-again = Rework
chart-trend = Trend
chart-day = The day
chart-hours = opened, by the hour
chart-hour = { $n }:00
chart-seven = The 721 way
chart-count = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
chart-none = nothing resolved yet
chart-target = aim { $n }%
chart-times = half / nine of ten within
chart-places = Places told of again
map-title = { $title } · map
spot-late = Overdue
spot-open = Open
spot-done = Resolved
spots-without = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}, { $missing } more without a location
scale-km = { $n } km
scale-m = { $n } m

# --- the list

list-now = now
tab-list = List
tab-map = Map
tab-sheet = Export
tab-opened = Opened
tab-closed = Closed
tab-resolved = Resolved
tab-overdue-now = Overdue
tab-came-back = Came back
tab-open-now = Open
tab-opened-again = Not solved
tab-recurred = Recurred
tab-due-closed = Closed in time
tab-closed-in-time = Closed in time
tab-due-to-close = Due to close
tab-due-resolved = Resolved in time
tab-resolved-in-time = Resolved in time
tab-due = Due
tab-satisfied = Satisfied
tab-rated = Judged
tab-rated-answered = Answered in time
tab-closed-answered = Answered in time
tab-rated-at-once = Solved at once
tab-closed-at-once = Solved at once
tab-held-now = In hand
tab-backlog = In hand, late
tab-service = Service
tab-management = Management
tab-enforcement = Enforcement
list-head = { $head } { $tab }: { $n }
list-page = page { $page }/{ $pages }
list-none = No tickets
list-late = late by { $by }
list-of = List: { $name }
list-see = For the whole history of one send /ticket and its number

# --- a ticket's whole history

history-gap = ({ $n } lines are left out here)
history-merged = Merged into #{ $number }; to see how it stands send /ticket { $number }
history-point = place shown
history-together = Worked on together: { $numbers }
history-in-time = resolved in time
history-late = resolved late
history-until = until { $at }
album-before = #{ $number } before, { $n ->
    [one] { $n } photo
   *[other] { $n } photos
}
album-after = #{ $number } after, { $n ->
    [one] { $n } photo
   *[other] { $n } photos
}

# --- the report

paper-foot = { $bureau } · page { $page } of { $pages }
paper-made = { $days } · as of { $at }
paper-short = In short
paper-indicators = Indicators
paper-resolved = Resolved
paper-count = Tickets

# --- two beside each other

versus-both = { $one } and { $other }
versus-head = Compared: { $title }
versus-line = { $name }: { $told }
versus-count = { $side } { $n }
versus-more = { $side } has { $n } more
versus-same = as many
versus-times = Times (half within, { $one } : { $other }): { $told }
versus-few = One side has fewer than { $n } closed, so its rates say little.
versus-took = To resolve
