"""Mail, mailboxes, calendars, contacts."""
