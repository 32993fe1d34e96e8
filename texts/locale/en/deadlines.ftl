# Deadlines as they near and pass; put off, left alone, ordered; names of the digests; the leads' card.

late-soon = due soon
late-due = due now
late-overdue = overdue
late-bureau = at { $times }× its limit
late-stands = { $told }; it is now “{ $status }”.
late-left-alone = Not reminded of: { $reason }
late-many = { $n } deadlines:
late-line = { $head } (due{ $at }){ $squad } { $status }
late-more = And { $n } more.
late-see = To see one send: /ticket { $number }
late-extended = { $head } has more time, until { $until }. Reason: { $reason }
late-held = { $head } is taken for “{ $condition }”; it is due { $until }.
late-pleaded = #{ $number } { $who } asks for { $amount } more: { $reason }
late-agree = If you agree, answer the card of #{ $number }: extend { $amount } { $reason }
late-pleading = #{ $number } The leads were asked for more time; you read it here if they agree.
late-ordered = #{ $number } { $who } orders: { $words }

digest-day = The day ({ $first } – { $last })
digest-week = Last week ({ $first } – { $last })
digest-month = { $month ->
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

watch-new-round = Not solved, says who told of it; this is round { $round }.
watch-left-alone = No reminders until { $until }: { $reason }
watch-in-hand = { $who } has it
watch-extend = How much more time? You can also answer this card: extend 1 working day waiting for parts
watch-extend-why = Why more time? Choose one, or answer this card.
watch-snooze = No reminders until when? You can also answer this card: snooze tomorrow a time is agreed
watch-snooze-why = Why no reminders? Choose one, or answer this card.
watch-condition = Which condition is it? The deadline is reckoned anew.
watch-void = Why void it? Choose one, or answer this card.
limit-by-shift = { $shift } hours
limit-extended = extended
limit-in-brackets = {" "}({ $limit })
press-extend = Extend
press-snooze = Snooze
press-calm = Remind again
press-condition = Condition
