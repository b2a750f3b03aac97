"""Pictures as documents: photographs, scans, screenshots and faxes."""
