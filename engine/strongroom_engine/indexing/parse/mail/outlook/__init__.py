"""What Outlook keeps of messages, appointments and contacts (MAPI), in whichever file it lies."""
