# Roles: codes, who is bound, who no longer is; the link to the pages.

bind-private = A code is for our private talk only: open a private chat with me and send /bind and the code. Everybody saw the one that stands here, so it opens nothing any more; please ask a lead for another.
bind-how = Please add the code that your lead gave you, for example: /bind K7QX-M2PA-9RTW
bind-wrong = This code is wrong, or was used before, or is too old; please ask a lead for another.
bind-slowly = That was wrong rather often. Please try again in an hour, or ask a lead to check the code.
invite-private = Codes are given in private only: send me /invite officer and the squad there.
invite-above = You can make codes for your own rank and those below.
invite-how =
    Please say which role and squad, for example: /invite officer { $squad }
    Roles: officer, lead, cleaner, site; squads: { $squads }
invite-some-squad = SQUAD
staff-leads-only = A lead does this; for your own tickets send /mine.
people-private = The list of people is shown to leads and in private only; send me /people there.
code-of = The code for { $role }: { $code }
code-hand-on = Please hand it on in person or in private; send me in private: /bind { $code }
code-holds = It works once and until { $until }; in a group it would open nothing.
bound = You are bound as { $role } now. Your account counts, not your name. Send /help to see how it works.
bound-by-file = Your role ({ $role }) is written in the configuration, which goes before a code; this code opens nothing any more. To change it ask the administrator.
told-bound = { $who } is bound as { $role } by a code; if that is somebody else, please revoke it.
revoked = { $who } is no longer { $role }. If that was a mistake, it can be restored within a day.
revoked-working = { $who } is no longer { $role }; { $n ->
    [one] { $n } ticket is
   *[other] { $n } tickets are
} back with the squad. If that was a mistake, it can be restored within a day.
restored = { $who } is { $role } again.
told-left = { $who } has left { $group }; { $n ->
    [one] { $n } ticket is
   *[other] { $n } tickets are
} back with the squad.
left-by-code = The role is still there; if it is over, please revoke it.
left-by-file = The role is written in the configuration; to change it change the file.
people-none = Nobody was found.
people-head = Who has a role
people-by-file = { $role } { $who } (file)
people-by-code = { $role } { $who } (code)
people-more = And { $n } more; send /people and a squad.
people-file-only = Who stands in the configuration can be changed there only.
press-revoke = Revoke { $who }
press-restore = Restore

login-private = The link is given in private only: open a private chat with me and send /login.
login-staff-only = The pages are for officers and leads; for your own tickets send /mine.
login-link = The pages: { $link }
login-how = It holds for { $minutes } minutes, works once and is for you alone; please do not pass it on. Open it and press “Log in”.
login-map = Map on the pages
login-map-days = Map on the pages ({ $first } to { $last }, whole days)
login-figures = Figures on the pages
login-figures-days = Figures on the pages ({ $first } to { $last }, whole days)
login-figures-of = On the pages: { $name }
