# Cards: receipt and result for who told of it, the dispatch card for the squad, triage and twins for the leads.

# --- buttons

press-accept = Accept
press-arrive = Arrived
press-resolve = Resolve
press-pass-on = Pass on
press-give-back = Give back
press-suspend = Suspend
press-resume = Resume
press-menu = Back
press-words = Exact words
press-confirm = Solved
press-dispute = Not solved
press-matter = Wrong matter
press-place = Wrong place
press-withdraw = No report
press-split = Not the same thing
press-merge = The same
press-apart = Not the same
press-void = Void

# --- where it is

where-near = { $place } ({ $near })
where-rough = { $place }, within about { $metres } m
where-asks = We do not know where it is yet: please answer this message, or send a location.
card-grid = Grid: { $street } { $grid }
card-outside = The location lies in no street of the map; sent as for { $street }
card-this-group = this group

# --- the receipt

card-danger = { $whom }; we are sending somebody as well.
card-elsewhere = This may be another department's business; you can also call 12345. We pass it on for you.
card-matter = What is it then? Choose one, or just answer this message.
card-tally = { $n } noted ({ $numbers }), none is lost.
card-so-many = { $status } { $n }
card-tally-stand = { $stand }. We tell you of each when it is done.
and-more = { $names } and more
card-joined-now = { $head } was told of before; your report is added to it. It is now “{ $status }”. We tell you when it is done.
card-under = { $head } is worked on together with #{ $number }. We tell you when it is done.
card-under-now = { $head } is worked on together with #{ $number }. It is now “{ $status }”. We tell you when it is done.
card-sent = Noted and sent to { $squad }
card-sending = Noted; somebody is being sent
card-again = Round { $round }: { $told }
card-coming = { $who } has accepted it and is on the way { $clock }
card-there = { $who } is there { $clock }
card-waits = On hold for now: { $reason }. We tell you when it is done
card-waits-why = it has to wait a little
card-done = { $who } has resolved it { $clock }
card-closed = Closed, thank you
card-void = Withdrawn
card-void-why = Withdrawn: { $reason }

# --- the result

result = { $head }: resolved
result-by = { $head }: resolved ({ $means })
result-disputed = You said it is not solved; somebody is being sent again.
result-thanks = Closed. Thank you for your answer.
result-closed = Closed. If it is not solved, just say so again.
result-asks = Please look whether it is solved:
result-asks-them = { $names }, please look whether it is solved:

# --- the dispatch card

card-urgent = [Urgent]{" "}
card-place = Place: { $place }
card-source = From: { $group } { $who }
card-source-many = From: { $group } { $who } and others, { $n } people
card-party = Party: { $party }
card-back = Back again: #{ $number } of { $at }
card-call = She was told to call { $number } first
card-deadline = Deadline: { $at }{ $limit }
card-merged = Merged into #{ $number }, worked on together
card-passed-on = Passed on to { $squad }
card-new-round = Not solved, says who told of it; round { $round } has a new card
card-took = { $who } accepted { $took }
card-took-arrived = { $who } accepted { $took }, there { $there }
card-photos = { $n ->
    [one] { $n } photo is in. When it is done, press Resolve.
   *[other] { $n } photos are in. When it is done, press Resolve.
}
card-photo = Answer this card with a photo from the place, then press Resolve.
card-means = How was it solved?
card-give-back = Why give it back? Choose one, or answer this card.
card-suspend = Why suspend it? Choose one, or answer this card.
card-pass-on = To which squad?
card-reason = Reason: { $reason }
card-outcome = Account: { $words }
card-by = Means: { $means }

# --- for the leads

twin-apart = Each goes its own way.
twin-split = Split off
twin-merged = Merged into #{ $number }, worked on together.
twin-asks = Is it the same thing?
triage-reason = Given back: { $reason }
triage-asks = Which squad gets it?
