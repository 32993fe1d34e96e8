# The tables keep these in Chinese (reasons that were pressed, amounts of time, names of periods); each chat reads its own language.

amount-running = { $n ->
    [one] { $n } hour, nights too
   *[other] { $n } hours, nights too
}
amount-running-days = { $n ->
    [one] { $n } day, nights too
   *[other] { $n } days, nights too
}
amount-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
amount-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
amount-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
amount-clock-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
amount-of-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
amount-whole-days = { $n ->
    [one] { $n } calendar day
   *[other] { $n } calendar days
}
tomorrow-morning = tomorrow morning
usual = Usual
erased = erased
wechat = WeChat

# Why something is given back, suspended, put off, left alone, voided

not-our-area = Not our area
not-so = Not as told
told-twice = Reported twice
others-business = Another department's
not-needed = No longer needed
not-ours = Not our department's
waits-for-spares = Waiting for spare parts
waits-for-material = Waiting for material
waits-for-owner = Waiting for the owner
weather = Weather
several-departments = Several departments
on-the-way = On the way
time-agreed = A time is agreed
waits-for-answer = Waiting for an answer
waits-for-word = Waiting for a decision

# Why something is taken back, voided, sent on

was-none = Was no report
is-gone = No longer needed, says who told of it
void-reason = Voided by a lead after a look
sent-on = Sent to another squad

# Names of periods

own = mine
today = today
yesterday = yesterday
day-before-yesterday = the day before yesterday
last-night = Last night (18:00 to 6:00)
tonight = Tonight (18:00 to 6:00)
night-earlier = the night before
this-week = this week
last-week = last week
this-month = this month
last-month = last month
this-year = this year
last-year = last year
grid-called = grid { $n }
lately-days = { $n ->
    [one] the last { $n } day
   *[other] the last { $n } days
}
lately-weeks = { $n ->
    [one] the last { $n } week
   *[other] the last { $n } weeks
}
lately-months = { $n ->
    [one] the last { $n } month
   *[other] the last { $n } months
}
lately-years = { $n ->
    [one] the last { $n } year
   *[other] the last { $n } years
}
this-quarter = this quarter
last-quarter = last quarter
day-earlier = the day before
days-earlier = the two days before
week-earlier = the week before
month-earlier = the month before
quarter-earlier = the quarter before
half-earlier = the half-year before
year-earlier = the year before
yesterday-so-far = yesterday by now
last-week-so-far = last week by now
last-month-so-far = last month by now
last-quarter-so-far = last quarter by now
last-half-so-far = the half year before by now
same-time-last-year = the same time last year
as-long-before = as long before
before-that = the period before

# Names of conditions, as in the table of limits

if-missing = missing
if-broken = broken
if-bouncing = rattling
if-sunken = sunken
if-being-built = being built
if-built = already built
if-fixed = fixed in place
if-temporary = temporary
if-stuck-and-painted = stuck up or painted
if-charging-wires = charging by loose wires
if-to-stop-at-once = to be stopped at once
if-to-be-investigated = to be investigated
if-open-drains = open drains
if-poles-and-roofs = on poles or roofs
if-dirty = dirty
if-parked-anyhow = parked anyhow

# Major classes (GB/T 47678.5-2026)

major-01 = Public utilities
major-02 = Traffic facilities
major-03 = Sanitation facilities
major-04 = Parks and greenery
major-05 = Other facilities
major-06 = Cleanliness of the city
major-07 = Signs and advertising
major-08 = Building sites
major-09 = Order in the street
major-10 = Other matters
