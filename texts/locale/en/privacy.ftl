# A person's own data: the notice of a group, /privacy, erasing.

privacy-here = How your data are kept, seen and erased: send me /privacy in private.
privacy-toast-elsewhere = Please do this in our private chat
privacy-toast-coming = All right, it is on its way
privacy-toast-asked = Please confirm once more
privacy-toast-erasing = All right, being erased
privacy-toast-staff = The records of staff on duty are the bureau's to keep and cannot be erased here
privacy-by = { $bureau }
privacy-reached = { $bureau } (contact: { $contact })
privacy-notice =
    Hello, I am Qunban, run by { $bureau }. Just say here what is wrong in the street, best with a location or a photo; I make a ticket of it, send it to the squad and answer here.
    I read this group's messages for nothing but tickets: what belongs to none is erased after { $talk }, words and photos of a ticket { $ticket } after it is closed. Phones, ID numbers and plates are masked where they are shown.
    To see or erase your own data send /privacy. When I am not needed I am silent.
privacy-rules =
    Qunban is run by { $bureau }; it reads the messages of the groups for the work of city management.
    What is kept, and how long:
    · messages that belong to no ticket: { $talk }
    · raw data as received: { $raw }; what cannot be read: { $dead }
    · words, place and photos of a ticket, and where a photo says it was taken: { $ticket } after closing, of enforcement { $enforcement }
    · messages sent: { $sent }
    · what was done, and who looked at your data: { $past }
    · your name and account number: as long as any of this; then erased after { $talk }
    Who sees it: the squad in charge and leads; phones, ID numbers and plates are masked in groups. That an officer read exact words is written down.
    You can have a copy, and you can have it erased; tickets that are open or under enforcement are evidence and stay until they are over.
privacy-sure = Erase everything? Your name, messages and photos go, tickets say only “erased”, and later news of them no longer reach you. This cannot be undone.
privacy-gone = Your name, messages and photos are erased; your account is replaced by a sign that leads nowhere. The files of photos and the marks of this chat go before tonight.
privacy-stays = What stays: words and photos of { $numbers }. These are open or under enforcement; as evidence they are erased when the law's time is over.
privacy-own = All that is kept of you is in this file; the pictures that you sent follow.
looked-nobody = Nobody looked.
looked-machine = this machine's command line
press-copy = Give me a copy
press-erase = Erase my data
press-erase-now = Yes, erase it
press-erase-not = Not now
