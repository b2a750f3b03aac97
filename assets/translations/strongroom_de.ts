<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
 <context>
  <name>Strongroom</name>
  <message>
   <source>'strongroom judge' lists the questions of your own set.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>'strongroom sources' lists what is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A message could not be understood: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A review keeps its answers in the library at {library}, and another Strongroom is writing to it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add a folder with 'strongroom add FOLDER', or name another collection.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Add it with 'strongroom add'; 'strongroom status' says why a document was left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another Strongroom is writing to the library at {library}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask again; the index is not affected.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask for fewer fields or fewer documents, or give a schema that allows less.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Check the path and its permissions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose a document (--document FILE), or write a file's name in the question.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose two documents, or write the names of two files in the question.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close the other window or command first; searching and asking work meanwhile.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Collections there are: {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Correct it, or delete your copy so that the shipped one is used; a shipped one comes back when Strongroom is installed again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Correct the line or delete the file; the defaults are used without it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Each line is a JSON object with id, question and relevant, a list of places.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fetch or import it again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give a JSON Schema with 'type', 'properties', 'items' or 'enum', or name the fields: 'author, year'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Import its file with --model-file, or run the set-up again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Install Strongroom again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make its folder writable, or copy it elsewhere and name the copy with --library.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make one with 'strongroom add FOLDER'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Make that field optional in the schema, or let it be null.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Measure the same question sets twice, with a method in common.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Models there are: {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a document of the library, a page that it has and words that stand there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a file in a folder that is there and writable.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a file that 'strongroom eval … --save FILE' wrote.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name a right place: 'strongroom judge QUESTION --right FILE:PAGE'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name an empty folder, a new one, or one that holds a Strongroom library.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name the key file that the library was made with.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No answer model fits into the memory that is free: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing needs to be done unless it should hold something.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing needs to be done; it is indexed there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing needs to be done; it is read when it comes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing that was indexed is lost. Make room and go on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed. Open it with its {made}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was changed. Try again with the {kind} the library was made with.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing was judged of the question '{question}'.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing you typed or asked is lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open it in its own program and save it anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the file took more than {limit} of memory and was given up.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reading the file took more than {seconds} seconds and was given up.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rename it and add it then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rename it; it is read by itself then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reviews there are: {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run Strongroom where the system's keyring is available, type the passphrase in a terminal, or name a key file with --key-file or STRONGROOM_KEY_FILE.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run text recognition (OCR) on it; the new file is read by itself.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Run the review in the window that has it open, or close that one first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save a copy without a password next to it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save it anew in its own program, or split it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save it anew in its own program; other documents are not affected.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save it as PDF, DOCX, HTML, Markdown or text.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search works all the same. Close other programs or import a smaller model.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search works without one. To have one, import a cross-encoder's files as they were published: model.onnx, tokenizer.json and config.json.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Searching by words works. Install that model again, or choose another for the library with 'strongroom embedding NAME'; here are: {here}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>See to it that this folder can be written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shorten it, or add the long text as a document and ask about it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shorten it, or raise context_tokens in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Something went wrong.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Split it into smaller files, or raise the limit in the settings.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Split it into smaller files.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopped.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Templates there are: {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The answer did not fit into {tokens} tokens.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The answer model stopped: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The answer model {model} is not on this computer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The disk that holds {library} is full.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The document has no text: it may be a scan.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The document is protected by a password.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The embedding model in {folder} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The engine stopped and is being started again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file cannot be opened: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is damaged or not what its name says: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is empty.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is too large: {size}; the limit is {limit}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file made the reader crash ({why}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file of a run {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file was there and is gone.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file's name is not valid text.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The filter {filter} cannot be understood.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The key file {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library at {library} cannot be written: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library at {library} is damaged: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library at {library} was made with a {made}; a {given} does not open it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library at {library} was written by a newer Strongroom (schema {found}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library is encrypted, and there is no way to get its key here: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The library's embedding model {model} is not on this computer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The list of models {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The model file {file} cannot be loaded: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The place in {file} cannot be kept: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The prompt template cannot be copied to {file}: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The prompt template {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The question does not fit into the answer model's context of {context} tokens.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The question has {length} characters; at most {limit} can be searched.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The question is empty.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The question set {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The questions in {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The reranker in {folder} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The schema cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The settings in {file} cannot be used: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The {kind} does not open the library at {library}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no collection named {collection}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no document here that could be asked.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no library at {library} yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no model named {model}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no prompt template named {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no review named {name}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This is done with a whole document, and none was chosen or named.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This kind of file is not read: {kind}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two documents can be compared; {count} of the library were chosen or named.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Update Strongroom; this version knows schemas up to {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What was found does not fit the schema: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window and engine may be of different versions; install Strongroom again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a question a line, and beside it, after a comma or semicolon, the name of its column if it should have one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write a question or some words to look for.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write it like file:lease, type:pdf, after:2023-01-31, before:2024 or in:Contracts.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your documents are untouched. Move the library's folder away and add them again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your own set has no question that can be measured ({judged} judged).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} cannot be written: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} is not in the index.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{first} and {second} cannot be compared: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{how}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{library} cannot hold a library: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{path} cannot be added: its name is not valid text.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{path} does not exist or cannot be read.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{path} is already in the library: it lies inside {source}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{path} is not in the library.</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
