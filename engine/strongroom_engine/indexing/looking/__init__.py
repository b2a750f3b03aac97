"""What there is in the sources, by the tables of the file system and without opening a file: what is
left out, what has changed, whether what is not there is gone or its drive is away."""
