<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
 <context>
  <name>Strongroom</name>
  <message>
   <source>&amp;Ask</source>
   <translation>&amp;Fragen</translation>
  </message>
  <message>
   <source>&amp;Conversation</source>
   <translation>&amp;Gespräch</translation>
  </message>
  <message>
   <source>&amp;Documents</source>
   <translation>&amp;Dokumente</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Reader</source>
   <translation>&amp;Leseansicht</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>({page} of {pages})</source>
   <translation>({page} von {pages})</translation>
  </message>
  <message>
   <source>0: as many as there are physical cores</source>
   <translation>0: so viele, wie es physische Kerne gibt</translation>
  </message>
  <message>
   <source>0: half of the processors</source>
   <translation>0: die Hälfte der Prozessoren</translation>
  </message>
  <message>
   <source>A collection needs a name.</source>
   <translation>Eine Sammlung braucht einen Namen.</translation>
  </message>
  <message>
   <source>A document of the same name is at {to}.</source>
   <translation>Ein Dokument mit demselben Namen liegt unter {to}.</translation>
  </message>
  <message>
   <source>A fault: {fault}</source>
   <translation>Fehler: {fault}</translation>
  </message>
  <message>
   <source>A file of this kind can run as a program and change this computer.</source>
   <translation>Eine Datei dieser Art kann als Programm laufen und diesen Computer verändern.</translation>
  </message>
  <message>
   <source>A larger model</source>
   <translation>Ein größeres Modell</translation>
  </message>
  <message>
   <source>A letter or note that cites</source>
   <translation>Brief oder Vermerk mit Belegen</translation>
  </message>
  <message>
   <source>A line as in a .gitignore: *.log, drafts/, !keep.log</source>
   <translation>Eine Zeile wie in einer .gitignore: *.log, drafts/, !keep.log</translation>
  </message>
  <message>
   <source>A little</source>
   <translation>Etwas</translation>
  </message>
  <message>
   <source>A mail in an archive in a mail is 3 deep</source>
   <translation>Eine Mail in einem Archiv in einer Mail liegt 3 tief</translation>
  </message>
  <message>
   <source>A message could not be understood: {why}.</source>
   <translation>Eine Nachricht war nicht zu verstehen: {why}.</translation>
  </message>
  <message>
   <source>A model is being chosen</source>
   <translation>Ein Modell wird gewählt</translation>
  </message>
  <message>
   <source>A model is ready</source>
   <translation>Ein Modell ist bereit</translation>
  </message>
  <message>
   <source>A notification, if you are elsewhere and it took more than a minute</source>
   <translation>Eine Mitteilung, wenn Sie anderswo sind und es länger als eine Minute dauerte</translation>
  </message>
  <message>
   <source>A question a line, as you would put it to one document.</source>
   <translation>Eine Frage pro Zeile, wie Sie sie an ein einzelnes Dokument stellen würden.</translation>
  </message>
  <message>
   <source>A reading desk for confidential papers</source>
   <translation>Ein Lesetisch für vertrauliche Unterlagen</translation>
  </message>
  <message>
   <source>A review grid puts every question to every document and shows each answer with its page. It fills while you work on, and is kept in the library.</source>
   <translation>Eine Prüftabelle stellt jede Frage an jedes Dokument und zeigt jede Antwort mit ihrer Seite. Sie füllt sich, während Sie weiterarbeiten, und bleibt in der Bibliothek.</translation>
  </message>
  <message>
   <source>A review keeps its answers in the library at {library}, and another Strongroom is writing to it.</source>
   <translation>Eine Prüftabelle bewahrt ihre Antworten in der Bibliothek unter {library} auf, und ein anderes Strongroom schreibt gerade in sie.</translation>
  </message>
  <message>
   <source>A right page among the first five passages</source>
   <translation>Richtige Seite unter den ersten fünf Textstellen</translation>
  </message>
  <message>
   <source>A sentence drawn from these documents does not find them again, so answers would leave them out. Reading them again mends it, mostly.</source>
   <translation>Ein Satz aus diesen Dokumenten findet sie nicht wieder, Antworten ließen sie also aus. Sie neu zu lesen behebt das meistens.</translation>
  </message>
  <message>
   <source>A short answer with citations.</source>
   <translation>Eine kurze Antwort mit Belegen.</translation>
  </message>
  <message>
   <source>A term or passage, in plain words</source>
   <translation>Begriff oder Textstelle, in einfachen Worten</translation>
  </message>
  <message>
   <source>AEGIS-256: nobody reads it without the key, and altered pages are noticed</source>
   <translation>AEGIS-256: ohne Schlüssel nicht lesbar, und Veränderungen fallen auf</translation>
  </message>
  <message>
   <source>About</source>
   <translation>Über</translation>
  </message>
  <message>
   <source>About Strongroom</source>
   <translation>Über Strongroom</translation>
  </message>
  <message>
   <source>About everything that is searched</source>
   <translation>Zu allem, was durchsucht wird</translation>
  </message>
  <message>
   <source>About {first} and {second}.</source>
   <translation>Zu {first} und {second}.</translation>
  </message>
  <message>
   <source>About {name}</source>
   <translation>Zu {name}</translation>
  </message>
  <message>
   <source>About {name}.</source>
   <translation>Zu {name}.</translation>
  </message>
  <message numerus="yes">
   <source>About {n} documents</source>
   <translation>
    <numerusform>Zu {n} Dokument</numerusform>
    <numerusform>Zu {n} Dokumenten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>About {n} documents.</source>
   <translation>
    <numerusform>Zu {n} Dokument.</numerusform>
    <numerusform>Zu {n} Dokumenten.</numerusform>
   </translation>
  </message>
  <message>
   <source>About {words} words</source>
   <translation>Etwa {words} Wörter</translation>
  </message>
  <message>
   <source>Add a folder</source>
   <translation>Ordner hinzufügen</translation>
  </message>
  <message>
   <source>Add a folder or drop one anywhere, then ask about what is in it.</source>
   <translation>Fügen Sie einen Ordner hinzu oder ziehen Sie einen ins Fenster, und fragen Sie dann nach seinem Inhalt.</translation>
  </message>
  <message>
   <source>Add a folder, or name another collection.</source>
   <translation>Fügen Sie einen Ordner hinzu oder nennen Sie eine andere Sammlung.</translation>
  </message>
  <message>
   <source>Add a folder: that makes one.</source>
   <translation>Fügen Sie einen Ordner hinzu, dann entsteht eine.</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Ordner hinzufügen…</translation>
  </message>
  <message>
   <source>Add a question</source>
   <translation>Frage hinzufügen</translation>
  </message>
  <message>
   <source>Add files</source>
   <translation>Dateien hinzufügen</translation>
  </message>
  <message>
   <source>Add files…</source>
   <translation>Dateien hinzufügen…</translation>
  </message>
  <message>
   <source>Add folders or files</source>
   <translation>Ordner oder Dateien hinzufügen</translation>
  </message>
  <message>
   <source>Add it to the library</source>
   <translation>Zur Bibliothek hinzufügen</translation>
  </message>
  <message>
   <source>Add it to the library; where it was left out, the list of problems says why.</source>
   <translation>Fügen Sie die Datei zur Bibliothek hinzu; wurde sie ausgelassen, nennt die Liste der Probleme den Grund.</translation>
  </message>
  <message>
   <source>Add its folder again, or open the file outside.</source>
   <translation>Fügen Sie seinen Ordner wieder hinzu oder öffnen Sie die Datei außerhalb.</translation>
  </message>
  <message>
   <source>Add question</source>
   <translation>Frage hinzufügen</translation>
  </message>
  <message>
   <source>Add the page that holds the answer</source>
   <translation>Seite mit der Antwort hinzufügen</translation>
  </message>
  <message numerus="yes">
   <source>Add these {n} to the library</source>
   <translation>
    <numerusform>Zur Bibliothek hinzufügen</numerusform>
    <numerusform>Diese {n} zur Bibliothek hinzufügen</numerusform>
   </translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>All collections</source>
   <translation>Alle Sammlungen</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>All in “{name}”</source>
   <translation>Alle in „{name}“</translation>
  </message>
  <message>
   <source>All models</source>
   <translation>Alle Modelle</translation>
  </message>
  <message>
   <source>All review grids</source>
   <translation>Alle Prüftabellen</translation>
  </message>
  <message>
   <source>All that are listed</source>
   <translation>Alle aufgelisteten</translation>
  </message>
  <message>
   <source>All {collections}</source>
   <translation>Alle {collections}</translation>
  </message>
  <message>
   <source>All {n}</source>
   <translation>Alle {n}</translation>
  </message>
  <message>
   <source>All {n} in “{name}”</source>
   <translation>Alle {n} in „{name}“</translation>
  </message>
  <message>
   <source>All {n} that need one</source>
   <translation>Alle {n}, die eines brauchen</translation>
  </message>
  <message>
   <source>Always left out</source>
   <translation>Immer ausgeschlossen</translation>
  </message>
  <message>
   <source>An answer with its sources</source>
   <translation>Eine Antwort mit ihren Quellen</translation>
  </message>
  <message>
   <source>Another Strongroom is writing to the library at {library}.</source>
   <translation>Ein anderes Strongroom schreibt gerade in die Bibliothek unter {library}.</translation>
  </message>
  <message>
   <source>Another drive or an empty folder is in its place; its documents stay searchable.</source>
   <translation>Ein anderes Laufwerk oder ein leerer Ordner ist an seiner Stelle; seine Dokumente bleiben durchsuchbar.</translation>
  </message>
  <message>
   <source>Another folder</source>
   <translation>Weiterer Ordner</translation>
  </message>
  <message>
   <source>Another program, such as a backup, holds the library at {library}.</source>
   <translation>Ein anderes Programm, etwa eine Datensicherung, hält die Bibliothek in {library} fest.</translation>
  </message>
  <message>
   <source>Another question is put to every document anew. The other columns stay.</source>
   <translation>Eine geänderte Frage wird jedem Dokument neu gestellt. Die anderen Spalten bleiben.</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>Antwort</translation>
  </message>
  <message>
   <source>Answer instead</source>
   <translation>Stattdessen antworten</translation>
  </message>
  <message>
   <source>Answer model</source>
   <translation>Antwortmodell</translation>
  </message>
  <message>
   <source>Answered all the same</source>
   <translation>Trotzdem beantwortet</translation>
  </message>
  <message>
   <source>Answered, where the documents answer</source>
   <translation>Beantwortet, wo die Dokumente antworten</translation>
  </message>
  <message>
   <source>Answering</source>
   <translation>Antwortet</translation>
  </message>
  <message>
   <source>Answers</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>Answers and lists; the page in the reader has its own zoom</source>
   <translation>Antworten und Listen; die Seite in der Leseansicht hat ihren eigenen Zoom</translation>
  </message>
  <message>
   <source>Answers and text documents</source>
   <translation>Antworten und Textdokumente</translation>
  </message>
  <message>
   <source>Answers more often, and is wrong more often. Check what it says.</source>
   <translation>Antwortet öfter und irrt öfter. Prüfen Sie die Antworten.</translation>
  </message>
  <message numerus="yes">
   <source>Answers rest on {n} documents.</source>
   <translation>
    <numerusform>Antworten beruhen auf {n} Dokument.</numerusform>
    <numerusform>Antworten beruhen auf {n} Dokumenten.</numerusform>
   </translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Darstellung</translation>
  </message>
  <message>
   <source>Archives, mailboxes and mails</source>
   <translation>Archive, Postfächer und Mails</translation>
  </message>
  <message>
   <source>As reckoned, its first word would come after about {seconds} s here.</source>
   <translation>Rechnerisch käme das erste Wort hier nach etwa {seconds} s.</translation>
  </message>
  <message>
   <source>As the question</source>
   <translation>Wie die Frage</translation>
  </message>
  <message>
   <source>As the template says</source>
   <translation>Wie in der Vorlage</translation>
  </message>
  <message>
   <source>As wide as the reader</source>
   <translation>So breit wie die Leseansicht</translation>
  </message>
  <message>
   <source>AsciiDoc</source>
   <translation>AsciiDoc</translation>
  </message>
  <message>
   <source>Ask</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Ask a question</source>
   <translation>Frage stellen</translation>
  </message>
  <message>
   <source>Ask about it and all in it</source>
   <translation>Danach und nach allem darin fragen</translation>
  </message>
  <message>
   <source>Ask about this</source>
   <translation>Dazu fragen</translation>
  </message>
  <message>
   <source>Ask about this document</source>
   <translation>Zu diesem Dokument fragen</translation>
  </message>
  <message>
   <source>Ask about this folder</source>
   <translation>Zu diesem Ordner fragen</translation>
  </message>
  <message numerus="yes">
   <source>Ask about {n} documents</source>
   <translation>
    <numerusform>Zu {n} Dokument fragen</numerusform>
    <numerusform>Zu {n} Dokumenten fragen</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>Erneut fragen</translation>
  </message>
  <message>
   <source>Ask again; the index is not affected.</source>
   <translation>Fragen Sie erneut; der Index ist nicht betroffen.</translation>
  </message>
  <message>
   <source>Ask everything again?</source>
   <translation>Alles erneut abfragen?</translation>
  </message>
  <message>
   <source>Ask everything again…</source>
   <translation>Alles erneut abfragen…</translation>
  </message>
  <message>
   <source>Ask everywhere</source>
   <translation>Überall fragen</translation>
  </message>
  <message>
   <source>Ask for an answer</source>
   <translation>Antwort einholen</translation>
  </message>
  <message>
   <source>Ask for fewer fields or fewer documents, or give a schema that allows less.</source>
   <translation>Fragen Sie nach weniger Feldern oder weniger Dokumenten, oder geben Sie ein engeres Schema an.</translation>
  </message>
  <message>
   <source>Ask only there</source>
   <translation>Nur dort fragen</translation>
  </message>
  <message>
   <source>Ask or search</source>
   <translation>Fragen oder suchen</translation>
  </message>
  <message>
   <source>Ask or search your documents</source>
   <translation>Dokumente befragen oder durchsuchen</translation>
  </message>
  <message>
   <source>Ask the cell again</source>
   <translation>Feld erneut abfragen</translation>
  </message>
  <message>
   <source>Ask the column again</source>
   <translation>Spalte erneut abfragen</translation>
  </message>
  <message>
   <source>Ask the model</source>
   <translation>Modell befragen</translation>
  </message>
  <message>
   <source>Ask the row again</source>
   <translation>Zeile erneut abfragen</translation>
  </message>
  <message numerus="yes">
   <source>Ask {n} cells again?</source>
   <translation>
    <numerusform>{n} Feld erneut abfragen?</numerusform>
    <numerusform>{n} Felder erneut abfragen?</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Asked the table {name} of {file} ({n} rows).</source>
   <translation>
    <numerusform>Die Tabelle {name} von {file} befragt ({n} Zeile).</numerusform>
    <numerusform>Die Tabelle {name} von {file} befragt ({n} Zeilen).</numerusform>
   </translation>
  </message>
  <message>
   <source>Asked when Strongroom starts</source>
   <translation>Wird beim Start von Strongroom abgefragt</translation>
  </message>
  <message>
   <source>Asked {total} tables as one ({n} rows).</source>
   <translation>{total} Tabellen als eine befragt ({n} Zeilen).</translation>
  </message>
  <message>
   <source>Asking</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>At full speed</source>
   <translation>Mit vollem Tempo</translation>
  </message>
  <message>
   <source>At full speed while there are no working hours</source>
   <translation>Mit vollem Tempo, solange keine Arbeitszeit festgelegt ist</translation>
  </message>
  <message>
   <source>At low priority</source>
   <translation>Nachrangig</translation>
  </message>
  <message>
   <source>At most {n} GB</source>
   <translation>Höchstens {n} GB</translation>
  </message>
  <message>
   <source>At most {n} MB</source>
   <translation>Höchstens {n} MB</translation>
  </message>
  <message>
   <source>Away since {day}, {time}.</source>
   <translation>Nicht da seit {day}, {time}.</translation>
  </message>
  <message>
   <source>Back to the shipped one</source>
   <translation>Original wiederherstellen</translation>
  </message>
  <message>
   <source>Back to the tree</source>
   <translation>Zurück zum Baum</translation>
  </message>
  <message>
   <source>Back to the usual key</source>
   <translation>Zurück zur üblichen Taste</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>Ausgewogen</translation>
  </message>
  <message>
   <source>Begins</source>
   <translation>Beginnt</translation>
  </message>
  <message>
   <source>Being built</source>
   <translation>Im Aufbau</translation>
  </message>
  <message>
   <source>Being read again</source>
   <translation>Wird neu eingelesen</translation>
  </message>
  <message>
   <source>Being read again…</source>
   <translation>Wird neu gelesen…</translation>
  </message>
  <message>
   <source>Being written anew. You can search and ask meanwhile.</source>
   <translation>Wird neu geschrieben. Sie können währenddessen suchen und fragen.</translation>
  </message>
  <message>
   <source>Bring in a model</source>
   <translation>Modell hinzufügen</translation>
  </message>
  <message>
   <source>Bring in another model, or install a newer Strongroom.</source>
   <translation>Fügen Sie ein anderes Modell hinzu oder installieren Sie ein neueres Strongroom.</translation>
  </message>
  <message>
   <source>Bring in documents</source>
   <translation>Dokumente hinzufügen</translation>
  </message>
  <message>
   <source>Bring in its file, or run the set-up again.</source>
   <translation>Fügen Sie seine Datei hinzu oder führen Sie die Einrichtung erneut aus.</translation>
  </message>
  <message>
   <source>Bring in one that was made for conversations; it is mostly called Instruct or Chat.</source>
   <translation>Fügen Sie eines hinzu, das für Gespräche gemacht ist; meist heißt es Instruct oder Chat.</translation>
  </message>
  <message numerus="yes">
   <source>Bring in the {n} models</source>
   <translation>
    <numerusform>Modell hinzufügen</numerusform>
    <numerusform>Die {n} Modelle hinzufügen</numerusform>
   </translation>
  </message>
  <message>
   <source>By collection</source>
   <translation>Nach Sammlung</translation>
  </message>
  <message>
   <source>CSV table</source>
   <translation>CSV-Tabelle</translation>
  </message>
  <message numerus="yes">
   <source>Calculated from {n} tables, no passage was needed</source>
   <translation>
    <numerusform>Aus {n} Tabelle berechnet, keine Textstelle war nötig</numerusform>
    <numerusform>Aus {n} Tabellen berechnet, keine Textstelle war nötig</numerusform>
   </translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cannot be opened</source>
   <translation>Nicht zu öffnen</translation>
  </message>
  <message>
   <source>Caps Lock may be on.</source>
   <translation>Feststelltaste womöglich aktiv.</translation>
  </message>
  <message>
   <source>Care</source>
   <translation>Pflege</translation>
  </message>
  <message>
   <source>Change passphrase</source>
   <translation>Passphrase ändern</translation>
  </message>
  <message>
   <source>Change the passphrase</source>
   <translation>Passphrase ändern</translation>
  </message>
  <message>
   <source>Change the question</source>
   <translation>Frage ändern</translation>
  </message>
  <message>
   <source>Changed last</source>
   <translation>Zuletzt geändert</translation>
  </message>
  <message>
   <source>Changed {date}</source>
   <translation>Geändert am {date}</translation>
  </message>
  <message>
   <source>Changes take effect at once</source>
   <translation>Änderungen gelten sofort</translation>
  </message>
  <message>
   <source>Change…</source>
   <translation>Ändern…</translation>
  </message>
  <message>
   <source>Chapter</source>
   <translation>Kapitel</translation>
  </message>
  <message>
   <source>Check again</source>
   <translation>Noch einmal prüfen</translation>
  </message>
  <message>
   <source>Check its permissions.</source>
   <translation>Prüfen Sie die Zugriffsrechte.</translation>
  </message>
  <message>
   <source>Check the drive or the network. It is looked at again when it answers.</source>
   <translation>Prüfen Sie das Laufwerk oder das Netz. Sobald es antwortet, wird wieder nachgesehen.</translation>
  </message>
  <message>
   <source>Check the drive or the network. Its documents stay, and it is looked at again.</source>
   <translation>Prüfen Sie das Laufwerk oder das Netz. Die Dokumente bleiben erhalten, und es wird wieder nachgesehen.</translation>
  </message>
  <message>
   <source>Check the path and its permissions.</source>
   <translation>Prüfen Sie den Pfad und seine Zugriffsrechte.</translation>
  </message>
  <message>
   <source>Check whether it is still there and who may read it.</source>
   <translation>Prüfen Sie, ob sie noch da ist und wer sie lesen darf.</translation>
  </message>
  <message>
   <source>Check whether it is there and who may change the folder {folder}.</source>
   <translation>Prüfen Sie, ob sie da ist und wer den Ordner {folder} ändern darf.</translation>
  </message>
  <message>
   <source>Check whether there is room and who may write there.</source>
   <translation>Prüfen Sie, ob genug Platz ist und wer dort schreiben darf.</translation>
  </message>
  <message>
   <source>Check who may read these files, then read them again.</source>
   <translation>Prüfen Sie, wer diese Dateien lesen darf, und lesen Sie sie dann neu ein.</translation>
  </message>
  <message>
   <source>Checked</source>
   <translation>Geprüft</translation>
  </message>
  <message>
   <source>Checking {name}</source>
   <translation>{name} wird geprüft</translation>
  </message>
  <message>
   <source>Choose a GGUF file…</source>
   <translation>GGUF-Datei wählen…</translation>
  </message>
  <message>
   <source>Choose a document, or write a file's name in the question.</source>
   <translation>Wählen Sie ein Dokument oder schreiben Sie einen Dateinamen in die Frage.</translation>
  </message>
  <message>
   <source>Choose a passphrase</source>
   <translation>Passphrase wählen</translation>
  </message>
  <message>
   <source>Choose documents, then write a question.</source>
   <translation>Wählen Sie Dokumente und schreiben Sie dann eine Frage.</translation>
  </message>
  <message>
   <source>Choose file…</source>
   <translation>Datei wählen…</translation>
  </message>
  <message>
   <source>Choose folder…</source>
   <translation>Ordner wählen…</translation>
  </message>
  <message>
   <source>Choose or name a document.</source>
   <translation>Wählen oder nennen Sie ein Dokument.</translation>
  </message>
  <message>
   <source>Choose or name two documents.</source>
   <translation>Wählen oder nennen Sie zwei Dokumente.</translation>
  </message>
  <message>
   <source>Choose two documents, or write the names of two files in the question.</source>
   <translation>Wählen Sie zwei Dokumente oder schreiben Sie zwei Dateinamen in die Frage.</translation>
  </message>
  <message>
   <source>Choose what is made of it</source>
   <translation>Wählen, was daraus wird</translation>
  </message>
  <message>
   <source>Choose what is searched</source>
   <translation>Wählen, was durchsucht wird</translation>
  </message>
  <message>
   <source>Choosing a model</source>
   <translation>Wählt ein Modell</translation>
  </message>
  <message>
   <source>Chosen by Strongroom: the best that fits</source>
   <translation>Von Strongroom gewählt: das beste, das passt</translation>
  </message>
  <message>
   <source>Chosen by you</source>
   <translation>Von Ihnen gewählt</translation>
  </message>
  <message>
   <source>Chosen for this computer</source>
   <translation>Für diesen Computer gewählt</translation>
  </message>
  <message>
   <source>Citation {n}</source>
   <translation>Beleg {n}</translation>
  </message>
  <message>
   <source>Citation {n} of {count}</source>
   <translation>Beleg {n} von {count}</translation>
  </message>
  <message>
   <source>Citation {n}, {where}: {quote}</source>
   <translation>Beleg {n}, {where}: {quote}</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close other programs or make room, and try again. Nothing was changed.</source>
   <translation>Schließen Sie andere Programme oder schaffen Sie Platz und versuchen Sie es erneut. Es wurde nichts geändert.</translation>
  </message>
  <message>
   <source>Close the document</source>
   <translation>Dokument schließen</translation>
  </message>
  <message>
   <source>Close the other window or command first; searching and asking work meanwhile.</source>
   <translation>Schließen Sie zuerst das andere Fenster oder den anderen Befehl; Suchen und Fragen geht solange weiter.</translation>
  </message>
  <message>
   <source>Close this notice</source>
   <translation>Hinweis schließen</translation>
  </message>
  <message>
   <source>Closest passages</source>
   <translation>Am nächsten kommen</translation>
  </message>
  <message>
   <source>Collection “{name}”</source>
   <translation>Sammlung „{name}“</translation>
  </message>
  <message>
   <source>Collections there are: {known}.</source>
   <translation>Vorhandene Sammlungen: {known}.</translation>
  </message>
  <message>
   <source>Collects values from documents as JSON, in a form that was asked for.</source>
   <translation>Sammelt Werte aus Dokumenten als JSON, in der gewünschten Form.</translation>
  </message>
  <message>
   <source>Collects values from documents into a table.</source>
   <translation>Sammelt Werte aus Dokumenten in einer Tabelle.</translation>
  </message>
  <message>
   <source>Columns shown</source>
   <translation>Gezeigte Spalten</translation>
  </message>
  <message>
   <source>Compact</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Compacting needs {needed} of {of}, and {free} are free.</source>
   <translation>Zum Verdichten fehlt Platz ({of}): {needed} nötig, {free} frei.</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Compare the two</source>
   <translation>Beide vergleichen</translation>
  </message>
  <message>
   <source>Compared {names}, sentence by sentence.</source>
   <translation>{names} Satz für Satz verglichen.</translation>
  </message>
  <message>
   <source>Connect it to see the page. The text is in the library and can be read meanwhile.</source>
   <translation>Verbinden Sie Laufwerk oder Ordner, um die Seite zu sehen. Der Text liegt in der Bibliothek und bleibt lesbar.</translation>
  </message>
  <message>
   <source>Connect it. Its documents stay in the library until you remove the source.</source>
   <translation>Schließen Sie es an. Die Dokumente bleiben in der Bibliothek, bis Sie die Quelle entfernen.</translation>
  </message>
  <message>
   <source>Content</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Context</source>
   <translation>Kontext</translation>
  </message>
  <message>
   <source>Conversation</source>
   <translation>Gespräch</translation>
  </message>
  <message>
   <source>Conversations</source>
   <translation>Gespräche</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy all with citations</source>
   <translation>Alles mit Belegen kopieren</translation>
  </message>
  <message>
   <source>Copy as JSON</source>
   <translation>Als JSON kopieren</translation>
  </message>
  <message>
   <source>Copy as text</source>
   <translation>Als Text kopieren</translation>
  </message>
  <message>
   <source>Copy for a report</source>
   <translation>Für Bericht kopieren</translation>
  </message>
  <message>
   <source>Copy name and fingerprint</source>
   <translation>Name und Prüfsumme kopieren</translation>
  </message>
  <message>
   <source>Copy or fetch it again.</source>
   <translation>Kopieren oder laden Sie sie erneut.</translation>
  </message>
  <message>
   <source>Copy path</source>
   <translation>Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy paths</source>
   <translation>Pfade kopieren</translation>
  </message>
  <message>
   <source>Copy the cells</source>
   <translation>Felder kopieren</translation>
  </message>
  <message>
   <source>Copy the list</source>
   <translation>Liste kopieren</translation>
  </message>
  <message>
   <source>Copy the path</source>
   <translation>Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy the table</source>
   <translation>Tabelle kopieren</translation>
  </message>
  <message>
   <source>Copy to change</source>
   <translation>Zum Ändern kopieren</translation>
  </message>
  <message>
   <source>Copy to change: {name}</source>
   <translation>Zum Ändern kopieren: {name}</translation>
  </message>
  <message>
   <source>Copy with citations</source>
   <translation>Mit Belegen kopieren</translation>
  </message>
  <message>
   <source>Copy with source</source>
   <translation>Mit Quelle kopieren</translation>
  </message>
  <message numerus="yes">
   <source>Copy {n} paths</source>
   <translation>
    <numerusform>Pfad kopieren</numerusform>
    <numerusform>{n} Pfade kopieren</numerusform>
   </translation>
  </message>
  <message>
   <source>Copying {name}</source>
   <translation>{name} wird kopiert</translation>
  </message>
  <message>
   <source>Correct it, or delete your copy so that the shipped one is used; a shipped one comes back when Strongroom is installed again.</source>
   <translation>Berichtigen Sie sie oder löschen Sie Ihre Kopie, dann gilt die mitgelieferte; eine mitgelieferte kommt mit einer Neuinstallation von Strongroom zurück.</translation>
  </message>
  <message>
   <source>Correct the line or delete the file; the defaults are used without it.</source>
   <translation>Berichtigen Sie die Zeile oder löschen Sie die Datei; ohne sie gelten die Vorgaben.</translation>
  </message>
  <message>
   <source>Could not be read</source>
   <translation>Nicht lesbar</translation>
  </message>
  <message>
   <source>Counted by the index itself: {what}; {where} ({n} files).</source>
   <translation>Vom Index selbst gezählt: {what}; {where} ({n} Dateien).</translation>
  </message>
  <message>
   <source>Counted in the index, no passage was needed</source>
   <translation>Im Index gezählt, ohne Textstellen</translation>
  </message>
  <message>
   <source>Counted only what is {clause}.</source>
   <translation>Gezählt wurden nur Dokumente {clause}.</translation>
  </message>
  <message>
   <source>Ctrl+Enter</source>
   <translation>Ctrl+Enter</translation>
  </message>
  <message>
   <source>Damaged</source>
   <translation>Beschädigt</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Declines more often, and is wrong less. Passages are shown in its place.</source>
   <translation>Antwortet seltener und irrt seltener. Statt der Antwort erscheinen Textstellen.</translation>
  </message>
  <message>
   <source>Declines where the passages found are far from the question.</source>
   <translation>Antwortet nicht, wenn die gefundenen Textstellen zu weit von der Frage entfernt sind.</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete the column…</source>
   <translation>Spalte löschen…</translation>
  </message>
  <message>
   <source>Delete the damaged one</source>
   <translation>Die beschädigte löschen</translation>
  </message>
  <message>
   <source>Delete this column?</source>
   <translation>Diese Spalte löschen?</translation>
  </message>
  <message>
   <source>Desk</source>
   <translation>Lesetisch</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>Device or resource busy</source>
   <translation>Gerät oder Ressource belegt</translation>
  </message>
  <message>
   <source>Dim pages in the dark theme</source>
   <translation>Seiten im dunklen Design abdunkeln</translation>
  </message>
  <message>
   <source>Disk quota exceeded</source>
   <translation>Speicherkontingent überschritten</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>Dokument</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>Dokumente</translation>
  </message>
  <message>
   <source>Documents are read by processes of their own, with a limit on time, and on memory where the system has one. Nothing that a document refers to is fetched.</source>
   <translation>Dokumente werden von eigenen Prozessen gelesen, mit einer Grenze für die Zeit und, wo das System eine kennt, für den Speicher. Nichts, worauf ein Dokument verweist, wird abgerufen.</translation>
  </message>
  <message>
   <source>Documents by kind</source>
   <translation>Dokumente nach Art</translation>
  </message>
  <message>
   <source>Documents found</source>
   <translation>Gefundene Dokumente</translation>
  </message>
  <message>
   <source>Documents of this review grid</source>
   <translation>Dokumente dieser Prüftabelle</translation>
  </message>
  <message>
   <source>Documents read at a time</source>
   <translation>Gleichzeitig gelesene Dokumente</translation>
  </message>
  <message>
   <source>Documents that need one are listed under Problems</source>
   <translation>Dokumente, die eines brauchen, stehen unter Probleme</translation>
  </message>
  <message>
   <source>Documents…</source>
   <translation>Dokumente…</translation>
  </message>
  <message>
   <source>Does not fit</source>
   <translation>Passt nicht</translation>
  </message>
  <message>
   <source>Does not fit, needs {needs}</source>
   <translation>Passt nicht, braucht {needs}</translation>
  </message>
  <message>
   <source>Does {place} hold the answer?</source>
   <translation>Steht die Antwort in {place}?</translation>
  </message>
  <message numerus="yes">
   <source>Download and read all {n}</source>
   <translation>
    <numerusform>{n} herunterladen und lesen</numerusform>
    <numerusform>Alle {n} herunterladen und lesen</numerusform>
   </translation>
  </message>
  <message>
   <source>Download and read it, or let its cloud keep it on this computer; it is read then.</source>
   <translation>Laden Sie sie herunter, um sie zu lesen, oder lassen Sie sie von der Cloud auf diesem Computer behalten; dann wird sie gelesen.</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Entwurf</translation>
  </message>
  <message>
   <source>Drafts a letter, a memo or a paragraph from what the documents say.</source>
   <translation>Entwirft einen Brief, einen Vermerk oder einen Absatz aus dem, was die Dokumente sagen.</translation>
  </message>
  <message>
   <source>Drives inside it are away: {places}. What is known of them stays searchable.</source>
   <translation>Laufwerke darin sind nicht da: {places}. Was von ihnen bekannt ist, bleibt durchsuchbar.</translation>
  </message>
  <message>
   <source>Drop a folder here</source>
   <translation>Ordner hier ablegen</translation>
  </message>
  <message>
   <source>Drop a model file (GGUF) here to bring it in</source>
   <translation>Modelldatei (GGUF) zum Hinzufügen hier ablegen</translation>
  </message>
  <message>
   <source>Drop files or folders anywhere</source>
   <translation>Dateien oder Ordner ablegen</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>E-Mails</translation>
  </message>
  <message>
   <source>Each document was asked by itself</source>
   <translation>Jedes Dokument wurde einzeln befragt</translation>
  </message>
  <message>
   <source>Each line is a JSON object with id, question and relevant, a list of places.</source>
   <translation>Jede Zeile ist ein JSON-Objekt mit id, question und relevant, einer Liste von Stellen.</translation>
  </message>
  <message>
   <source>Each question that you ask on the desk is kept here with its answer and its sources, in your encrypted library.</source>
   <translation>Jede Frage, die Sie am Lesetisch stellen, bleibt hier mit Antwort und Quellen erhalten, in Ihrer verschlüsselten Bibliothek.</translation>
  </message>
  <message>
   <source>Each row has its reason.</source>
   <translation>Der Grund steht in jeder Zeile.</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Edit the last question</source>
   <translation>Letzte Frage ändern</translation>
  </message>
  <message>
   <source>Edit the question</source>
   <translation>Frage ändern</translation>
  </message>
  <message>
   <source>Edit the question…</source>
   <translation>Frage bearbeiten…</translation>
  </message>
  <message>
   <source>Else it waits until the computer is plugged in again</source>
   <translation>Sonst wartet es, bis der Computer wieder Netzstrom hat</translation>
  </message>
  <message>
   <source>Embed anew</source>
   <translation>Neu einbetten</translation>
  </message>
  <message>
   <source>Empty</source>
   <translation>Leer</translation>
  </message>
  <message>
   <source>Empty: indexing never holds back for them</source>
   <translation>Leer: Das Einlesen nimmt nie Rücksicht darauf</translation>
  </message>
  <message>
   <source>Encrypted on disk</source>
   <translation>Verschlüsselt gespeichert</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Enter its password, or save a copy without one next to it.</source>
   <translation>Geben Sie sein Passwort ein, oder legen Sie eine Kopie ohne Passwort daneben.</translation>
  </message>
  <message>
   <source>Enter password…</source>
   <translation>Passwort eingeben…</translation>
  </message>
  <message>
   <source>Entry</source>
   <translation>Eintrag</translation>
  </message>
  <message>
   <source>Erase everything</source>
   <translation>Alles löschen</translation>
  </message>
  <message>
   <source>Erase library…</source>
   <translation>Bibliothek löschen…</translation>
  </message>
  <message>
   <source>Erase the library?</source>
   <translation>Bibliothek löschen?</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Events in their order</source>
   <translation>Ereignisse der Reihe nach</translation>
  </message>
  <message>
   <source>Every document is in the index.</source>
   <translation>Alle Dokumente sind im Index.</translation>
  </message>
  <message>
   <source>Every passage is embedded anew, which takes about as long as the first time. The old model answers meanwhile, and choosing it again ends this.</source>
   <translation>Jede Textstelle wird neu eingebettet, was etwa so lange dauert wie beim ersten Mal. Bis dahin sucht das alte Modell; wählen Sie es wieder, endet der Vorgang.</translation>
  </message>
  <message>
   <source>Every question is answered, too. Searching alone takes moments.</source>
   <translation>Jede Frage wird auch beantwortet. Die Suche allein dauert nur Augenblicke.</translation>
  </message>
  <message>
   <source>Every question is put to every document anew. What you wrote yourself stays.</source>
   <translation>Jede Frage wird erneut an jedes Dokument gestellt. Was Sie selbst geschrieben haben, bleibt.</translation>
  </message>
  <message>
   <source>Everything is being embedded anew with {model}: {done} of {total} passages. The old one answers meanwhile.</source>
   <translation>Alles wird mit {model} neu eingebettet: {done} von {total} Textstellen. Bis dahin sucht das alte Modell.</translation>
  </message>
  <message>
   <source>Excel workbook</source>
   <translation>Excel-Arbeitsmappe</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>Erklärung</translation>
  </message>
  <message>
   <source>Explain simply</source>
   <translation>Einfache Erklärung</translation>
  </message>
  <message>
   <source>Explains what differs between two documents or versions.</source>
   <translation>Erklärt, worin sich zwei Dokumente oder Fassungen unterscheiden.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Export the conversation</source>
   <translation>Gespräch exportieren</translation>
  </message>
  <message>
   <source>Export this answer</source>
   <translation>Diese Antwort exportieren</translation>
  </message>
  <message>
   <source>Exported from Strongroom on {date}.</source>
   <translation>Am {date} aus Strongroom exportiert.</translation>
  </message>
  <message>
   <source>Exported to {name}.</source>
   <translation>Als {name} exportiert.</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Extent</source>
   <translation>Umfang</translation>
  </message>
  <message>
   <source>Failed {n}</source>
   <translation>Fehlgeschlagen {n}</translation>
  </message>
  <message>
   <source>Fair. Four or five words that do not belong together are better.</source>
   <translation>Mittel. Vier oder fünf Wörter, die nicht zusammengehören, sind besser.</translation>
  </message>
  <message>
   <source>Fetch or import it again.</source>
   <translation>Laden oder importieren Sie sie erneut.</translation>
  </message>
  <message>
   <source>Fields</source>
   <translation>Felder</translation>
  </message>
  <message>
   <source>Figures in brackets lead to the sources. A sentence marked '{no_source}' is supported by no passage that was read.</source>
   <translation>Zahlen in Klammern führen zu den Quellen. Ein Satz mit dem Vermerk „{no_source}“ wird von keiner gelesenen Textstelle gestützt.</translation>
  </message>
  <message>
   <source>File exists</source>
   <translation>Datei bereits vorhanden</translation>
  </message>
  <message>
   <source>File name too long</source>
   <translation>Dateiname zu lang</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filtern</translation>
  </message>
  <message>
   <source>Filter by name</source>
   <translation>Nach Namen filtern</translation>
  </message>
  <message>
   <source>Filter rows</source>
   <translation>Zeilen filtern</translation>
  </message>
  <message>
   <source>Find a document by its name</source>
   <translation>Dokument nach Namen finden</translation>
  </message>
  <message>
   <source>Find in the document</source>
   <translation>Im Dokument suchen</translation>
  </message>
  <message>
   <source>Fit page</source>
   <translation>Ganze Seite</translation>
  </message>
  <message>
   <source>Fit width</source>
   <translation>Seitenbreite</translation>
  </message>
  <message>
   <source>Fits</source>
   <translation>Passt</translation>
  </message>
  <message>
   <source>Fits partly</source>
   <translation>Passt teilweise</translation>
  </message>
  <message>
   <source>Fits partly, {n} of {m} layers</source>
   <translation>Passt teilweise, {n} von {m} Schichten</translation>
  </message>
  <message>
   <source>Fits, but slowly</source>
   <translation>Passt, aber langsam</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folders</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folders that are watched</source>
   <translation>Überwachte Ordner</translation>
  </message>
  <message>
   <source>For which documents</source>
   <translation>Für welche Dokumente</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Forget the password of “{name}”</source>
   <translation>Passwort von „{name}“ vergessen</translation>
  </message>
  <message>
   <source>Forget this question</source>
   <translation>Diese Frage vergessen</translation>
  </message>
  <message>
   <source>Forget this question?</source>
   <translation>Diese Frage vergessen?</translation>
  </message>
  <message>
   <source>Forget “{question}”</source>
   <translation>„{question}“ vergessen</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>Found and cited</source>
   <translation>Gefunden und belegt</translation>
  </message>
  <message>
   <source>Found was: {found}</source>
   <translation>Gefunden wurde: {found}</translation>
  </message>
  <message>
   <source>Found word for word in this document</source>
   <translation>Wörtlich in diesem Dokument gefunden</translation>
  </message>
  <message>
   <source>Found word for word on this page</source>
   <translation>Wörtlich auf dieser Seite gefunden</translation>
  </message>
  <message>
   <source>Found, cites another page</source>
   <translation>Gefunden, anderer Beleg</translation>
  </message>
  <message>
   <source>Found, not answered</source>
   <translation>Gefunden, ohne Antwort</translation>
  </message>
  <message>
   <source>Free</source>
   <translation>Frei</translation>
  </message>
  <message>
   <source>Free some space, or keep models on a larger disk: STRONGROOM_MODELS names its folder.</source>
   <translation>Schaffen Sie Platz oder legen Sie Modelle auf ein größeres Laufwerk: STRONGROOM_MODELS nennt ihren Ordner.</translation>
  </message>
  <message>
   <source>Freedom of wording</source>
   <translation>Freiheit der Wortwahl</translation>
  </message>
  <message>
   <source>From a file…</source>
   <translation>Aus einer Datei…</translation>
  </message>
  <message>
   <source>From eight questions on a difference can be told from chance.</source>
   <translation>Ab acht Fragen hebt sich ein Unterschied vom Zufall ab.</translation>
  </message>
  <message>
   <source>From the file</source>
   <translation>Aus der Datei</translation>
  </message>
  <message>
   <source>From {before} to {after}.</source>
   <translation>Von {before} auf {after}.</translation>
  </message>
  <message>
   <source>GPUs could not be examined ({why})</source>
   <translation>die GPUs ließen sich nicht untersuchen ({why})</translation>
  </message>
  <message>
   <source>General</source>
   <translation>Allgemein</translation>
  </message>
  <message>
   <source>Give a JSON Schema with 'type', 'properties', 'items' or 'enum', or name the fields: 'author, year'.</source>
   <translation>Geben Sie ein JSON-Schema mit „type“, „properties“, „items“ oder „enum“ an, oder nennen Sie die Felder: „autor, jahr“.</translation>
  </message>
  <message>
   <source>Give a document up after</source>
   <translation>Dokument aufgeben nach</translation>
  </message>
  <message>
   <source>Give it another name.</source>
   <translation>Geben Sie ihr einen anderen Namen.</translation>
  </message>
  <message>
   <source>Give the new file another name, or remove the other one first.</source>
   <translation>Geben Sie der neuen Datei einen anderen Namen oder entfernen Sie zuerst die andere.</translation>
  </message>
  <message>
   <source>Gives about {size} back to the disk</source>
   <translation>Gibt etwa {size} Speicherplatz frei</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Go on indexing</source>
   <translation>Einlesen fortsetzen</translation>
  </message>
  <message>
   <source>Go on with indexing</source>
   <translation>Einlesen fortsetzen</translation>
  </message>
  <message>
   <source>Go to a page</source>
   <translation>Zu einer Seite gehen</translation>
  </message>
  <message>
   <source>Going somewhere</source>
   <translation>Navigation</translation>
  </message>
  <message>
   <source>Gone</source>
   <translation>Verschwunden</translation>
  </message>
  <message>
   <source>HH:mm</source>
   <translation>HH:mm</translation>
  </message>
  <message>
   <source>Hard to read for text recognition; check what it says.</source>
   <translation>Für die Texterkennung schwer zu lesen; prüfen Sie, was dort steht.</translation>
  </message>
  <message>
   <source>Head of the column</source>
   <translation>Spaltenkopf</translation>
  </message>
  <message>
   <source>Hidden and large files</source>
   <translation>Versteckte und große Dateien</translation>
  </message>
  <message>
   <source>Hide the SQL</source>
   <translation>SQL ausblenden</translation>
  </message>
  <message>
   <source>Hide the column</source>
   <translation>Spalte ausblenden</translation>
  </message>
  <message>
   <source>Hide the passphrase</source>
   <translation>Passphrase verbergen</translation>
  </message>
  <message>
   <source>Hide the password</source>
   <translation>Passwort verbergen</translation>
  </message>
  <message>
   <source>Hide the prompt</source>
   <translation>Prompt ausblenden</translation>
  </message>
  <message>
   <source>Hide the sidebar</source>
   <translation>Seitenleiste ausblenden</translation>
  </message>
  <message>
   <source>Hit {n} of {count}</source>
   <translation>Treffer {n} von {count}</translation>
  </message>
  <message>
   <source>Hits</source>
   <translation>Treffer</translation>
  </message>
  <message>
   <source>Holds</source>
   <translation>Enthält</translation>
  </message>
  <message>
   <source>Holds words meant for a machine</source>
   <translation>Enthält Worte an eine Maschine</translation>
  </message>
  <message>
   <source>How deep they may lie in each other</source>
   <translation>Wie tief sie ineinander liegen dürfen</translation>
  </message>
  <message>
   <source>How it was read</source>
   <translation>Wie es gelesen wurde</translation>
  </message>
  <message>
   <source>How the document was read</source>
   <translation>Wie das Dokument gelesen wurde</translation>
  </message>
  <message>
   <source>How the index stands</source>
   <translation>Stand des Index</translation>
  </message>
  <message>
   <source>How the key of this library is kept cannot be changed: {why}.</source>
   <translation>Die Aufbewahrung des Schlüssels dieser Bibliothek lässt sich nicht ändern: {why}.</translation>
  </message>
  <message>
   <source>How this document was read</source>
   <translation>Wie dieses Dokument gelesen wurde</translation>
  </message>
  <message>
   <source>How this is enforced</source>
   <translation>Wie das sichergestellt ist</translation>
  </message>
  <message>
   <source>How this was answered</source>
   <translation>Wie diese Antwort entstand</translation>
  </message>
  <message>
   <source>How to get it</source>
   <translation>Bezugsquelle</translation>
  </message>
  <message>
   <source>In all</source>
   <translation>Insgesamt</translation>
  </message>
  <message>
   <source>In every folder</source>
   <translation>In jedem Ordner</translation>
  </message>
  <message>
   <source>In the index</source>
   <translation>Im Index</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <source>In {folder}</source>
   <translation>In {folder}</translation>
  </message>
  <message>
   <source>Include again</source>
   <translation>Zurückholen</translation>
  </message>
  <message>
   <source>Index during working hours</source>
   <translation>In der Arbeitszeit einlesen</translation>
  </message>
  <message>
   <source>Index hidden files</source>
   <translation>Versteckte Dateien einlesen</translation>
  </message>
  <message>
   <source>Index on battery</source>
   <translation>Im Akkubetrieb einlesen</translation>
  </message>
  <message>
   <source>Indexing</source>
   <translation>Einlesen</translation>
  </message>
  <message>
   <source>Indexing goes slowly during working hours.</source>
   <translation>Während der Arbeitszeit läuft das Einlesen langsam.</translation>
  </message>
  <message>
   <source>Indexing is paused during working hours.</source>
   <translation>Während der Arbeitszeit ist das Einlesen angehalten.</translation>
  </message>
  <message>
   <source>Indexing is paused while the computer runs on its battery.</source>
   <translation>Das Einlesen ist angehalten, solange der Computer im Akkubetrieb läuft.</translation>
  </message>
  <message>
   <source>Indexing is paused.</source>
   <translation>Das Einlesen ist angehalten.</translation>
  </message>
  <message>
   <source>Indexing is paused. It goes on when you say so.</source>
   <translation>Das Einlesen ist angehalten. Es geht weiter, sobald Sie es fortsetzen.</translation>
  </message>
  <message>
   <source>Indexing is paused: it is tried when indexing goes on.</source>
   <translation>Das Indizieren pausiert: Es wird versucht, sobald es weitergeht.</translation>
  </message>
  <message>
   <source>Indexing is paused: the library is damaged.</source>
   <translation>Das Einlesen ist angehalten: Die Bibliothek ist beschädigt.</translation>
  </message>
  <message>
   <source>Input/output error</source>
   <translation>Ein-/Ausgabefehler</translation>
  </message>
  <message>
   <source>Install Strongroom again.</source>
   <translation>Installieren Sie Strongroom neu.</translation>
  </message>
  <message>
   <source>Is a directory</source>
   <translation>das ist ein Ordner</translation>
  </message>
  <message>
   <source>It cannot be seen in the document.</source>
   <translation>Es ist im Dokument nicht zu sehen.</translation>
  </message>
  <message>
   <source>It does not answer; its documents stay searchable.</source>
   <translation>Es antwortet nicht; seine Dokumente bleiben durchsuchbar.</translation>
  </message>
  <message>
   <source>It gives errors instead of files; its documents stay searchable.</source>
   <translation>Es liefert Fehler statt Dateien; seine Dokumente bleiben durchsuchbar.</translation>
  </message>
  <message>
   <source>It has {turns}.</source>
   <translation>Vorhanden: {turns}.</translation>
  </message>
  <message>
   <source>It holds characters that cannot be seen.</source>
   <translation>Es enthält unsichtbare Zeichen.</translation>
  </message>
  <message>
   <source>It imitates the marks of which a language model's prompt is built.</source>
   <translation>Es ahmt die Zeichen nach, aus denen der Prompt eines Sprachmodells aufgebaut ist.</translation>
  </message>
  <message>
   <source>It is a link or an image that could carry text away.</source>
   <translation>Es ist ein Link oder ein Bild und könnte Text nach außen tragen.</translation>
  </message>
  <message>
   <source>It is at {to} now.</source>
   <translation>Es liegt jetzt unter {to}.</translation>
  </message>
  <message>
   <source>It is checked before anything is loaded. Strongroom itself never downloads.</source>
   <translation>Sie wird geprüft, bevor etwas geladen wird. Strongroom selbst lädt nie etwas herunter.</translation>
  </message>
  <message>
   <source>It is checked first. The file stays where it is.</source>
   <translation>Die Datei wird zuerst geprüft; sie bleibt, wo sie ist.</translation>
  </message>
  <message>
   <source>It is encrypted. Its passphrase is not kept anywhere.</source>
   <translation>Sie ist verschlüsselt. Die Passphrase ist nirgends gespeichert.</translation>
  </message>
  <message>
   <source>It is in the index, and a sentence drawn from it finds it.</source>
   <translation>Es ist im Index, und ein Satz daraus findet es.</translation>
  </message>
  <message>
   <source>It is in the index. Whether it is found was not tried yet.</source>
   <translation>Es ist im Index. Ob es gefunden wird, wurde noch nicht versucht.</translation>
  </message>
  <message numerus="yes">
   <source>It is in the index; {n} pages still wait for text recognition.</source>
   <translation>
    <numerusform>Es ist im Index; {n} Seite wartet noch auf die Texterkennung.</numerusform>
    <numerusform>Es ist im Index; {n} Seiten warten noch auf die Texterkennung.</numerusform>
   </translation>
  </message>
  <message>
   <source>It is kept nowhere: without it, nobody can read the library again, you included. Copies of the library that were made before still open as they did.</source>
   <translation>Sie wird nirgends aufbewahrt: Ohne sie kann niemand die Bibliothek wieder lesen, auch Sie nicht. Frühere Kopien der Bibliothek öffnen sich weiterhin wie bisher.</translation>
  </message>
  <message>
   <source>It is listed under Problems then</source>
   <translation>Es steht dann unter „Probleme“</translation>
  </message>
  <message>
   <source>It is not on this computer yet. Search works without it.</source>
   <translation>Es ist noch nicht auf diesem Computer. Die Suche geht auch ohne.</translation>
  </message>
  <message>
   <source>It is not there now; its documents stay searchable.</source>
   <translation>Es ist gerade nicht da; seine Dokumente bleiben durchsuchbar.</translation>
  </message>
  <message>
   <source>It is shown as soon as it has been read.</source>
   <translation>Es erscheint, sobald es gelesen ist.</translation>
  </message>
  <message>
   <source>It is unpacked in memory, piece by piece, never onto the disk</source>
   <translation>Es wird im Arbeitsspeicher entpackt, Stück für Stück, nie auf die Platte</translation>
  </message>
  <message>
   <source>It is {where}. Its text is in the library and can be read.</source>
   <translation>Es liegt {where}. Sein Text ist in der Bibliothek und kann gelesen werden.</translation>
  </message>
  <message>
   <source>It leaves Strongroom, and whoever is there learns that it was opened.</source>
   <translation>Sie führt aus Strongroom hinaus; die Gegenseite erfährt, dass sie geöffnet wurde.</translation>
  </message>
  <message>
   <source>It may have been removed meanwhile; the list of conversations has those there are.</source>
   <translation>Vielleicht wurde es inzwischen entfernt; die Liste der Gespräche nennt die vorhandenen.</translation>
  </message>
  <message>
   <source>It need not read them again then. Never saved, and less where memory is short</source>
   <translation>Dann müssen sie nicht noch einmal gelesen werden. Nie gespeichert, und weniger, wo der Speicher knapp ist</translation>
  </message>
  <message numerus="yes">
   <source>It opened {fitted}, and {n} documents still need another one.</source>
   <translation>
    <numerusform>Es öffnete {fitted}, und {n} Dokument braucht noch ein anderes.</numerusform>
    <numerusform>Es öffnete {fitted}, und {n} Dokumente brauchen noch ein anderes.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>It opened {n} documents.</source>
   <translation>
    <numerusform>Es öffnete {n} Dokument.</numerusform>
    <numerusform>Es öffnete {n} Dokumente.</numerusform>
   </translation>
  </message>
  <message>
   <source>It reads Latin and Greek letters, Chinese and Japanese, and no other script.</source>
   <translation>Sie liest lateinische und griechische Buchstaben, Chinesisch und Japanisch, keine andere Schrift.</translation>
  </message>
  <message>
   <source>It reads like an instruction to a machine.</source>
   <translation>Es liest sich wie eine Anweisung an eine Maschine.</translation>
  </message>
  <message>
   <source>It runs on the processor, for no graphics card was found that it can use.</source>
   <translation>Es läuft auf dem Prozessor, denn es wurde keine Grafikkarte gefunden, die es nutzen kann.</translation>
  </message>
  <message>
   <source>It runs on the processor, for the graphics cards could not be examined.</source>
   <translation>Es läuft auf dem Prozessor, denn die Grafikkarten ließen sich nicht untersuchen.</translation>
  </message>
  <message>
   <source>It runs on the processor, for {name} has only {free} free.</source>
   <translation>Es läuft auf dem Prozessor, denn auf {name} sind nur {free} frei.</translation>
  </message>
  <message>
   <source>It runs whole on the graphics card.</source>
   <translation>Es läuft ganz auf der Grafikkarte.</translation>
  </message>
  <message>
   <source>It stays on this computer: it is kept in the encrypted library, so that a document can be read again when it changes. Settings list for what one is kept, and forget it.</source>
   <translation>Es bleibt auf diesem Computer: Es liegt in der verschlüsselten Bibliothek, damit ein Dokument neu gelesen werden kann, wenn es sich ändert. Die Einstellungen zeigen, wofür eines aufbewahrt wird, und vergessen es.</translation>
  </message>
  <message>
   <source>It waits to be read.</source>
   <translation>Es wartet darauf, gelesen zu werden.</translation>
  </message>
  <message>
   <source>It was as small as can be: {size}.</source>
   <translation>Sie war schon so klein wie möglich: {size}.</translation>
  </message>
  <message>
   <source>It was read, but a sentence drawn from it does not find it again.</source>
   <translation>Es wurde gelesen, aber ein Satz daraus findet es nicht wieder.</translation>
  </message>
  <message>
   <source>Its file is not on this computer yet.</source>
   <translation>Die Datei dazu ist noch nicht auf diesem Computer.</translation>
  </message>
  <message>
   <source>Its first word would come after about {seconds} s here.</source>
   <translation>Das erste Wort käme hier nach etwa {seconds} s.</translation>
  </message>
  <message>
   <source>Its key is in the key file that you named.</source>
   <translation>Der Schlüssel liegt in der Schlüsseldatei, die Sie angegeben haben.</translation>
  </message>
  <message>
   <source>Its key is kept by the keyring of your account on this computer.</source>
   <translation>Den Schlüssel verwahrt der Schlüsselbund Ihres Kontos auf diesem Computer.</translation>
  </message>
  <message>
   <source>Its key is made from your passphrase, which is kept nowhere.</source>
   <translation>Der Schlüssel entsteht aus Ihrer Passphrase, die nirgends aufbewahrt wird.</translation>
  </message>
  <message>
   <source>Its messages are in {folder}.</source>
   <translation>Seine Meldungen liegen in {folder}.</translation>
  </message>
  <message>
   <source>Its questions and answers are removed for good. The documents are not touched.</source>
   <translation>Seine Fragen und Antworten werden endgültig entfernt. Die Dokumente bleiben unberührt.</translation>
  </message>
  <message>
   <source>Its text is in the library and can be read. Opening it outside downloads it.</source>
   <translation>Ihr Text ist in der Bibliothek und kann gelesen werden. Wer sie extern öffnet, lädt sie herunter.</translation>
  </message>
  <message>
   <source>Its words can be searched already; its meaning follows.</source>
   <translation>Seine Wörter lassen sich schon suchen; seine Bedeutung folgt.</translation>
  </message>
  <message>
   <source>Its words can be searched; its meaning follows.</source>
   <translation>Nach Wörtern ist es schon durchsuchbar; die Bedeutung folgt.</translation>
  </message>
  <message>
   <source>Judged questions</source>
   <translation>Beurteilte Fragen</translation>
  </message>
  <message>
   <source>Just finished</source>
   <translation>Gerade fertig</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep watching when the window is closed</source>
   <translation>Bei geschlossenem Fenster weiter überwachen</translation>
  </message>
  <message>
   <source>Key for “{name}”: {keys}</source>
   <translation>Taste für „{name}“: {keys}</translation>
  </message>
  <message>
   <source>Keyboard</source>
   <translation>Tastatur</translation>
  </message>
  <message>
   <source>Kind of archive that is not opened</source>
   <translation>Art von Archiv, die nicht geöffnet wird</translation>
  </message>
  <message>
   <source>Kind of file that is not read</source>
   <translation>Nicht unterstützte Dateiart</translation>
  </message>
  <message>
   <source>LaTeX</source>
   <translation>LaTeX</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Languages</source>
   <translation>Sprachen</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>Größer</translation>
  </message>
  <message>
   <source>Larger ones are skipped, and listed under Problems</source>
   <translation>Größere werden übersprungen und unter „Probleme“ aufgeführt</translation>
  </message>
  <message>
   <source>Larger page</source>
   <translation>Seite größer</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Text größer</translation>
  </message>
  <message>
   <source>Largest document inside one</source>
   <translation>Größtes Dokument darin</translation>
  </message>
  <message>
   <source>Largest file</source>
   <translation>Größte Datei</translation>
  </message>
  <message>
   <source>Largest text file</source>
   <translation>Größte Textdatei</translation>
  </message>
  <message>
   <source>Latin and Greek letters, Chinese and Japanese. It takes some seconds a page, after all else has been read</source>
   <translation>Lateinische und griechische Buchstaben, Chinesisch und Japanisch. Es dauert einige Sekunden je Seite, nachdem alles andere gelesen ist</translation>
  </message>
  <message>
   <source>Least sure first</source>
   <translation>Unsicherste zuerst</translation>
  </message>
  <message numerus="yes">
   <source>Leave all {n} out</source>
   <translation>
    <numerusform>Ausschließen</numerusform>
    <numerusform>Alle {n} ausschließen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Leave all {n} out of the library</source>
   <translation>
    <numerusform>Aus der Bibliothek ausschließen</numerusform>
    <numerusform>Alle {n} aus der Bibliothek ausschließen</numerusform>
   </translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Ausschließen</translation>
  </message>
  <message>
   <source>Leave out a folder</source>
   <translation>Ordner ausschließen</translation>
  </message>
  <message>
   <source>Leave out a folder…</source>
   <translation>Ordner ausschließen…</translation>
  </message>
  <message>
   <source>Leave out by name</source>
   <translation>Nach Namen ausschließen</translation>
  </message>
  <message>
   <source>Leave out of the library</source>
   <translation>Aus der Bibliothek ausschließen</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Ausgeschlossen</translation>
  </message>
  <message>
   <source>Let Strongroom choose</source>
   <translation>Strongroom wählen lassen</translation>
  </message>
  <message>
   <source>Let it be read again if Strongroom was ended by something else.</source>
   <translation>Lassen Sie sie neu einlesen, wenn Strongroom durch etwas anderes beendet wurde.</translation>
  </message>
  <message>
   <source>Let it go on, and try again.</source>
   <translation>Setzen Sie das Einlesen fort und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Let the keyring open the library</source>
   <translation>Bibliothek über den Schlüsselbund öffnen</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>Bibliothek</translation>
  </message>
  <message>
   <source>Licences of the parts</source>
   <translation>Lizenzen der Bestandteile</translation>
  </message>
  <message>
   <source>Lies in</source>
   <translation>Liegt in</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Load</source>
   <translation>Auslastung</translation>
  </message>
  <message>
   <source>Loading the answer model</source>
   <translation>Lädt das Antwortmodell</translation>
  </message>
  <message>
   <source>Location</source>
   <translation>Speicherort</translation>
  </message>
  <message>
   <source>Locked</source>
   <translation>Gesperrt</translation>
  </message>
  <message>
   <source>Logs</source>
   <translation>Protokolle</translation>
  </message>
  <message>
   <source>Longest answer</source>
   <translation>Längste Antwort</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Erneut nachsehen</translation>
  </message>
  <message>
   <source>Look at the memory that is free now, with the model out of memory.</source>
   <translation>Den jetzt freien Speicher messen, ohne geladenes Modell.</translation>
  </message>
  <message>
   <source>Look for changes</source>
   <translation>Nach Änderungen suchen</translation>
  </message>
  <message>
   <source>Look it up in the list of settings.</source>
   <translation>Sehen Sie in der Liste der Einstellungen nach.</translation>
  </message>
  <message>
   <source>Look it up in the list of your own questions.</source>
   <translation>Sehen Sie in der Liste Ihrer eigenen Fragen nach.</translation>
  </message>
  <message>
   <source>Looked into {done} of {n} documents.</source>
   <translation>In {done} von {n} Dokumenten nachgesehen.</translation>
  </message>
  <message>
   <source>Looking it up…</source>
   <translation>Wird nachgesehen…</translation>
  </message>
  <message>
   <source>Looser</source>
   <translation>Lockerer</translation>
  </message>
  <message>
   <source>MB</source>
   <translation>MB</translation>
  </message>
  <message>
   <source>Mails are what is saved as one, and what begins with the head of one.</source>
   <translation>Als E-Mail zählt, was als solche gespeichert ist oder mit dem Kopf einer E-Mail beginnt.</translation>
  </message>
  <message>
   <source>Make its folder writable, or copy it elsewhere and open the copy.</source>
   <translation>Machen Sie ihren Ordner beschreibbar oder kopieren Sie sie an einen anderen Ort und öffnen Sie die Kopie.</translation>
  </message>
  <message>
   <source>Make room, and try again. Nothing was changed.</source>
   <translation>Schaffen Sie Platz und versuchen Sie es noch einmal. Nichts wurde verändert.</translation>
  </message>
  <message>
   <source>Make that field optional in the schema, or let it be null.</source>
   <translation>Machen Sie dieses Feld im Schema optional oder lassen Sie null zu.</translation>
  </message>
  <message>
   <source>Make the library</source>
   <translation>Bibliothek anlegen</translation>
  </message>
  <message>
   <source>Makes the last answer shorter, longer, a list, another language, as you say.</source>
   <translation>Formt die letzte Antwort nach Ihrer Vorgabe um: kürzer, länger, als Liste, in einer anderen Sprache.</translation>
  </message>
  <message>
   <source>Mark an answer as right, or name a page that holds one.</source>
   <translation>Bewerten Sie eine Antwort als richtig oder nennen Sie eine Seite, die eine enthält.</translation>
  </message>
  <message>
   <source>Mark as right</source>
   <translation>Als richtig markieren</translation>
  </message>
  <message>
   <source>Mark as wrong</source>
   <translation>Als falsch markieren</translation>
  </message>
  <message>
   <source>Mark it so; it can be measured then.</source>
   <translation>So markieren; dann lässt sie sich messen.</translation>
  </message>
  <message>
   <source>Markdown</source>
   <translation>Markdown</translation>
  </message>
  <message>
   <source>Markdown text</source>
   <translation>Markdown-Text</translation>
  </message>
  <message>
   <source>Meaning cannot be searched: {model} is not on this computer.</source>
   <translation>Die Suche nach Bedeutung ist nicht möglich: {model} ist nicht auf diesem Computer.</translation>
  </message>
  <message>
   <source>Meaning is searched with {model}.</source>
   <translation>Nach Bedeutung sucht {model}.</translation>
  </message>
  <message>
   <source>Measure again</source>
   <translation>Erneut messen</translation>
  </message>
  <message>
   <source>Measure now</source>
   <translation>Jetzt messen</translation>
  </message>
  <message>
   <source>Measure the same question sets twice, with a method in common.</source>
   <translation>Messen Sie dieselben Fragensätze zweimal, mit einem gemeinsamen Verfahren.</translation>
  </message>
  <message>
   <source>Measured here: first word after {first} s, then {rate} tokens per second.</source>
   <translation>Hier gemessen: erstes Wort nach {first} s, dann {rate} Token pro Sekunde.</translation>
  </message>
  <message>
   <source>Measured here: first word after {first} s.</source>
   <translation>Hier gemessen: erstes Wort nach {first} s.</translation>
  </message>
  <message>
   <source>Measured here: {rate} tokens per second.</source>
   <translation>Hier gemessen: {rate} Token pro Sekunde.</translation>
  </message>
  <message>
   <source>Measured just now</source>
   <translation>Gerade gemessen</translation>
  </message>
  <message>
   <source>Measured on {date}</source>
   <translation>Gemessen am {date}</translation>
  </message>
  <message numerus="yes">
   <source>Measured {n} hours ago</source>
   <translation>
    <numerusform>Vor {n} Stunde gemessen</numerusform>
    <numerusform>Vor {n} Stunden gemessen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Measured {n} minutes ago</source>
   <translation>
    <numerusform>Vor {n} Minute gemessen</numerusform>
    <numerusform>Vor {n} Minuten gemessen</numerusform>
   </translation>
  </message>
  <message>
   <source>Memory for passages it has read</source>
   <translation>Speicher für gelesene Textstellen</translation>
  </message>
  <message>
   <source>Memory for reading one document</source>
   <translation>Arbeitsspeicher je gelesenem Dokument</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Model files (*.gguf)</source>
   <translation>Modelldateien (*.gguf)</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Models run on this computer. They are files on it.</source>
   <translation>Modelle laufen auf diesem Computer. Sie liegen dort als Dateien.</translation>
  </message>
  <message>
   <source>Models there are: {known}.</source>
   <translation>Vorhandene Modelle: {known}.</translation>
  </message>
  <message>
   <source>Models: what answers, and what this computer can run</source>
   <translation>Modelle: welches antwortet und welche auf diesem Computer laufen</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>More about the document</source>
   <translation>Mehr zum Dokument</translation>
  </message>
  <message>
   <source>More folders can be added at any time.</source>
   <translation>Weitere Ordner lassen sich jederzeit hinzufügen.</translation>
  </message>
  <message>
   <source>More for “{reason}”</source>
   <translation>Mehr zu „{reason}“</translation>
  </message>
  <message>
   <source>More lies inside its file than is unpacked: the limit is {count} documents or {size}, and less in archives inside archives.</source>
   <translation>In der Datei liegt mehr, als entpackt wird: Die Grenze sind {count} Dokumente oder {size}, weniger bei Archiven in Archiven.</translation>
  </message>
  <message>
   <source>More to do with this collection</source>
   <translation>Weitere Befehle für diese Sammlung</translation>
  </message>
  <message>
   <source>Most documents inside one</source>
   <translation>Meiste Dokumente darin</translation>
  </message>
  <message>
   <source>Most that one may unpack to</source>
   <translation>Größter entpackter Umfang</translation>
  </message>
  <message>
   <source>Move to</source>
   <translation>Verschieben nach</translation>
  </message>
  <message>
   <source>Move to the front</source>
   <translation>Ganz nach vorn</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name a document of the library, a page that it has and words that stand there.</source>
   <translation>Nennen Sie ein Dokument der Bibliothek, eine Seite daraus und Wörter, die dort stehen.</translation>
  </message>
  <message>
   <source>Name a file in a folder that is there and writable.</source>
   <translation>Nennen Sie eine Datei in einem vorhandenen, beschreibbaren Ordner.</translation>
  </message>
  <message>
   <source>Name a file, a folder, or a pattern of names such as *.tmp.</source>
   <translation>Nennen Sie eine Datei, einen Ordner oder ein Namensmuster wie *.tmp.</translation>
  </message>
  <message>
   <source>Name a folder or file that was added.</source>
   <translation>Nennen Sie einen Ordner oder eine Datei, die hinzugefügt wurden.</translation>
  </message>
  <message>
   <source>Name an empty folder, a new one, or one that holds a Strongroom library.</source>
   <translation>Nennen Sie einen leeren Ordner, einen neuen oder einen mit einer Strongroom-Bibliothek.</translation>
  </message>
  <message>
   <source>Name and fingerprint are on the clipboard.</source>
   <translation>Name und Prüfsumme sind in der Zwischenablage.</translation>
  </message>
  <message>
   <source>Name of a document</source>
   <translation>Name eines Dokuments</translation>
  </message>
  <message>
   <source>Name of the collection</source>
   <translation>Name der Sammlung</translation>
  </message>
  <message>
   <source>Name that is not text</source>
   <translation>Name ist kein Text</translation>
  </message>
  <message>
   <source>Name the fields.</source>
   <translation>Nennen Sie die Felder.</translation>
  </message>
  <message>
   <source>Name the file of a run that was saved.</source>
   <translation>Nennen Sie die Datei einer gespeicherten Messung.</translation>
  </message>
  <message>
   <source>Name the key file that the library was made with.</source>
   <translation>Nennen Sie die Schlüsseldatei, mit der die Bibliothek angelegt wurde.</translation>
  </message>
  <message>
   <source>Names to leave out</source>
   <translation>Auszuschließende Namen</translation>
  </message>
  <message>
   <source>Nearly the same text</source>
   <translation>Fast derselbe Text</translation>
  </message>
  <message>
   <source>Needs a password</source>
   <translation>Passwort nötig</translation>
  </message>
  <message>
   <source>Neither window nor engine uses a network. No account, no telemetry, no updates by itself.</source>
   <translation>Weder Fenster noch Kern nutzen ein Netz. Kein Konto, keine Telemetrie, keine selbsttätigen Updates.</translation>
  </message>
  <message>
   <source>New answers take the place of those there are. What you wrote yourself stays.</source>
   <translation>Neue Antworten ersetzen die vorhandenen. Was Sie selbst geschrieben haben, bleibt.</translation>
  </message>
  <message>
   <source>New collection</source>
   <translation>Neue Sammlung</translation>
  </message>
  <message>
   <source>New conversation</source>
   <translation>Neues Gespräch</translation>
  </message>
  <message>
   <source>New line in the question</source>
   <translation>Neue Zeile in der Frage</translation>
  </message>
  <message>
   <source>New passphrase</source>
   <translation>Neue Passphrase</translation>
  </message>
  <message>
   <source>New review grid</source>
   <translation>Neue Prüftabelle</translation>
  </message>
  <message>
   <source>Next chapter</source>
   <translation>Nächstes Kapitel</translation>
  </message>
  <message>
   <source>Next citation</source>
   <translation>Nächster Beleg</translation>
  </message>
  <message>
   <source>Next entry</source>
   <translation>Nächster Eintrag</translation>
  </message>
  <message>
   <source>Next hit</source>
   <translation>Nächster Treffer</translation>
  </message>
  <message>
   <source>Next message</source>
   <translation>Nächste Nachricht</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>Nächste Seite</translation>
  </message>
  <message>
   <source>Next place</source>
   <translation>Nächste Stelle</translation>
  </message>
  <message>
   <source>Next region</source>
   <translation>Nächster Bereich</translation>
  </message>
  <message>
   <source>Next sheet</source>
   <translation>Nächstes Tabellenblatt</translation>
  </message>
  <message>
   <source>Next slide</source>
   <translation>Nächste Folie</translation>
  </message>
  <message>
   <source>No answer model fits into the memory that is free: {why}.</source>
   <translation>Kein Antwortmodell passt in den freien Speicher: {why}.</translation>
  </message>
  <message>
   <source>No answer model, search works</source>
   <translation>Kein Antwortmodell, Suche möglich</translation>
  </message>
  <message>
   <source>No conversation has all these words.</source>
   <translation>Kein Gespräch enthält alle diese Wörter.</translation>
  </message>
  <message>
   <source>No conversation yet</source>
   <translation>Noch kein Gespräch</translation>
  </message>
  <message>
   <source>No document has this name.</source>
   <translation>Kein Dokument hat diesen Namen.</translation>
  </message>
  <message>
   <source>No documents yet</source>
   <translation>Noch keine Dokumente</translation>
  </message>
  <message>
   <source>No documents yet.</source>
   <translation>Noch keine Dokumente.</translation>
  </message>
  <message>
   <source>No folder yet</source>
   <translation>Noch kein Ordner</translation>
  </message>
  <message>
   <source>No key does that.</source>
   <translation>Dafür gibt es keine Taste.</translation>
  </message>
  <message>
   <source>No model answers</source>
   <translation>Kein Modell antwortet</translation>
  </message>
  <message>
   <source>No network code</source>
   <translation>Kein Netzwerkcode</translation>
  </message>
  <message>
   <source>No network code, no account, no telemetry. Click for what enforces it.</source>
   <translation>Kein Netzwerkcode, kein Konto, keine Telemetrie. Ein Klick zeigt, was das sicherstellt.</translation>
  </message>
  <message>
   <source>No passage comes close.</source>
   <translation>Keine Textstelle kommt der Frage nahe.</translation>
  </message>
  <message>
   <source>No passage has all these words.</source>
   <translation>Keine Textstelle enthält alle diese Wörter.</translation>
  </message>
  <message>
   <source>No passage has all these words. Nearest by meaning:</source>
   <translation>Keine Textstelle enthält alle diese Wörter. Nach Bedeutung am nächsten:</translation>
  </message>
  <message>
   <source>No passage of the document supports this answer. Check it before you use it.</source>
   <translation>Keine Textstelle des Dokuments stützt diese Antwort. Prüfen Sie sie, bevor Sie sie verwenden.</translation>
  </message>
  <message>
   <source>No passage that was read supports any of this. Look at the passages before you use it.</source>
   <translation>Keine gelesene Textstelle stützt diese Aussagen. Sehen Sie die Textstellen an, bevor Sie die Antwort verwenden.</translation>
  </message>
  <message>
   <source>No passage that was read supports this sentence. Check it before you use it.</source>
   <translation>Keine gelesene Textstelle stützt diesen Satz. Prüfen Sie ihn, bevor Sie ihn verwenden.</translation>
  </message>
  <message>
   <source>No port</source>
   <translation>Kein Port</translation>
  </message>
  <message>
   <source>No problems so far. Some documents are on drives that are not here now; what has changed there is read when they are back.</source>
   <translation>Bisher keine Probleme. Einige Dokumente liegen auf Laufwerken, die gerade nicht da sind; was sich dort geändert hat, wird gelesen, wenn sie wieder da sind.</translation>
  </message>
  <message numerus="yes">
   <source>No problems so far. {n} documents are still being read.</source>
   <translation>
    <numerusform>Bisher keine Probleme. {n} Dokument wird noch eingelesen.</numerusform>
    <numerusform>Bisher keine Probleme. {n} Dokumente werden noch eingelesen.</numerusform>
   </translation>
  </message>
  <message>
   <source>No row has what is looked for.</source>
   <translation>Keine Zeile enthält das Gesuchte.</translation>
  </message>
  <message>
   <source>No space left on device</source>
   <translation>kein Platz mehr auf dem Datenträger</translation>
  </message>
  <message>
   <source>No such file or directory</source>
   <translation>Datei oder Ordner nicht gefunden</translation>
  </message>
  <message>
   <source>No text was recognised in their pages: they may be photographs or empty, or the recognition of text may be off in Settings.</source>
   <translation>Auf ihren Seiten wurde kein Text erkannt: Es können Fotos oder leere Seiten sein, oder die Texterkennung ist in den Einstellungen aus.</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
  </message>
  <message>
   <source>None is kept</source>
   <translation>Keines wird aufbewahrt</translation>
  </message>
  <message>
   <source>None that is known here and fits would answer better.</source>
   <translation>Kein hier bekanntes Modell, das passt, würde besser antworten.</translation>
  </message>
  <message>
   <source>None was asked</source>
   <translation>Keines befragt</translation>
  </message>
  <message>
   <source>None. A key file opens it</source>
   <translation>Keine. Eine Schlüsseldatei öffnet sie</translation>
  </message>
  <message>
   <source>None. This computer's keyring keeps the key, and opens with your login</source>
   <translation>Keine. Der Schlüsselbund dieses Computers verwahrt den Schlüssel und öffnet sich mit Ihrer Anmeldung</translation>
  </message>
  <message>
   <source>None: nothing is kept</source>
   <translation>Keiner: nichts wird behalten</translation>
  </message>
  <message>
   <source>None: the likeliest word</source>
   <translation>Keine: das wahrscheinlichste Wort</translation>
  </message>
  <message>
   <source>Not a directory</source>
   <translation>das ist kein Ordner</translation>
  </message>
  <message>
   <source>Not asked yet.</source>
   <translation>Noch nicht gefragt.</translation>
  </message>
  <message>
   <source>Not at all</source>
   <translation>Gar nicht</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>Nicht gefunden</translation>
  </message>
  <message>
   <source>Not found in the sources</source>
   <translation>Nicht in den Quellen gefunden</translation>
  </message>
  <message>
   <source>Not in the index: {code}.</source>
   <translation>Nicht im Index: {code}.</translation>
  </message>
  <message>
   <source>Not on this computer yet</source>
   <translation>Noch nicht auf diesem Computer</translation>
  </message>
  <message>
   <source>Not read yet</source>
   <translation>Noch nicht gelesen</translation>
  </message>
  <message>
   <source>Not searched. Click to search it too, Alt-click to search only this.</source>
   <translation>Nicht durchsucht. Klick durchsucht sie mit, Alt+Klick nur diese.</translation>
  </message>
  <message>
   <source>Not stated</source>
   <translation>Nicht angegeben</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>Nothing is explained: {why}</source>
   <translation>Ohne Erklärung: {why}</translation>
  </message>
  <message>
   <source>Nothing is judged yet</source>
   <translation>Noch nichts beurteilt</translation>
  </message>
  <message>
   <source>Nothing leaves this computer</source>
   <translation>Nichts verlässt diesen Computer</translation>
  </message>
  <message>
   <source>Nothing leaves this computer. No account, no telemetry, no network.</source>
   <translation>Nichts verlässt diesen Computer. Kein Konto, keine Telemetrie, kein Netz.</translation>
  </message>
  <message>
   <source>Nothing needs to be done if it holds pictures only. Text recognition reads Latin and Greek letters, Chinese and Japanese.</source>
   <translation>Nichts ist zu tun, wenn es nur Bilder enthält. Die Texterkennung liest lateinische und griechische Buchstaben, Chinesisch und Japanisch.</translation>
  </message>
  <message>
   <source>Nothing needs to be done unless it should hold some.</source>
   <translation>Nichts ist zu tun, außer es sollte welchen enthalten.</translation>
  </message>
  <message>
   <source>Nothing needs to be done; it is indexed there.</source>
   <translation>Es ist nichts zu tun; das Einlesen geschieht dort.</translation>
  </message>
  <message>
   <source>Nothing needs to be done; it is read when it comes back.</source>
   <translation>Es ist nichts zu tun; sie wird gelesen, wenn sie wieder da ist.</translation>
  </message>
  <message>
   <source>Nothing of this kind.</source>
   <translation>Nichts dieser Art.</translation>
  </message>
  <message>
   <source>Nothing that was indexed is lost. Let that program end, then go on.</source>
   <translation>Nichts Eingelesenes ist verloren. Lassen Sie das Programm fertig werden, dann geht es weiter.</translation>
  </message>
  <message>
   <source>Nothing that was indexed is lost. Make room and go on.</source>
   <translation>Nichts Eingelesenes geht verloren. Schaffen Sie Platz und fahren Sie fort.</translation>
  </message>
  <message>
   <source>Nothing to give back to the disk</source>
   <translation>Kein Speicherplatz freizugeben</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>Es wurde nichts geändert.</translation>
  </message>
  <message>
   <source>Nothing was changed. Open it with its {made}.</source>
   <translation>Es wurde nichts geändert. Öffnen Sie sie mit ihrer {made}.</translation>
  </message>
  <message>
   <source>Nothing was changed. Try again with the {kind} of the library.</source>
   <translation>Es wurde nichts geändert. Versuchen Sie es erneut mit der {kind} der Bibliothek.</translation>
  </message>
  <message>
   <source>Nothing was found in {place}, so everything was searched.</source>
   <translation>In {place} wurde nichts gefunden, deshalb wurde alles durchsucht.</translation>
  </message>
  <message>
   <source>Nothing was found to read.</source>
   <translation>Es fand sich nichts zu lesen.</translation>
  </message>
  <message>
   <source>Nothing was judged of the question '{question}'.</source>
   <translation>Zur Frage „{question}“ wurde nichts bewertet.</translation>
  </message>
  <message>
   <source>Nothing was lost.</source>
   <translation>Nichts ging verloren.</translation>
  </message>
  <message>
   <source>Nothing was named that is to be left out.</source>
   <translation>Es wurde nichts genannt, das auszulassen ist.</translation>
  </message>
  <message>
   <source>Nothing you typed or asked is lost.</source>
   <translation>Ihre Eingaben und Fragen bleiben erhalten.</translation>
  </message>
  <message>
   <source>Of larger ones the beginning is read, and their report says so</source>
   <translation>Von größeren wird der Anfang gelesen, und ihr Bericht sagt es</translation>
  </message>
  <message>
   <source>Of the models on this computer, the one that answers best among those that fit its memory and are quick enough.</source>
   <translation>Von den Modellen auf diesem Computer, die in den Speicher passen und schnell genug sind, antwortet dieses am besten.</translation>
  </message>
  <message>
   <source>Of whole documents</source>
   <translation>Über ganze Dokumente</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>Auf diesem Computer</translation>
  </message>
  <message>
   <source>One question after the other, put to one document after the other; a short answer each.</source>
   <translation>Eine Frage nach der anderen an ein Dokument nach dem anderen; jeweils eine kurze Antwort.</translation>
  </message>
  <message>
   <source>One to the back</source>
   <translation>Eins nach hinten</translation>
  </message>
  <message>
   <source>One to the front</source>
   <translation>Eins nach vorn</translation>
  </message>
  <message>
   <source>One was needed, and fitted</source>
   <translation>Eines war nötig und passte</translation>
  </message>
  <message>
   <source>Only a folder within {path} can be left out of it.</source>
   <translation>Ausschließen lässt sich nur ein Ordner innerhalb von {path}.</translation>
  </message>
  <message>
   <source>Only a wrong answer is known so far</source>
   <translation>Bisher ist nur eine falsche Antwort bekannt</translation>
  </message>
  <message>
   <source>Only this</source>
   <translation>Nur diese</translation>
  </message>
  <message>
   <source>Only this document</source>
   <translation>Nur dieses Dokument</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open Settings</source>
   <translation>Einstellungen öffnen</translation>
  </message>
  <message>
   <source>Open Strongroom</source>
   <translation>Strongroom öffnen</translation>
  </message>
  <message>
   <source>Open a citation or a document.</source>
   <translation>Öffnen Sie einen Beleg oder ein Dokument.</translation>
  </message>
  <message>
   <source>Open citation 1 to 9</source>
   <translation>Beleg 1 bis 9 öffnen</translation>
  </message>
  <message>
   <source>Open in its own application</source>
   <translation>In eigener Anwendung öffnen</translation>
  </message>
  <message>
   <source>Open it from the tray, or by starting it again. Quit with {keys}.</source>
   <translation>Öffnen Sie es über den Infobereich oder durch erneuten Start. Beenden mit {keys}.</translation>
  </message>
  <message>
   <source>Open it in its own program and save it anew.</source>
   <translation>Öffnen Sie sie im zugehörigen Programm und speichern Sie sie neu.</translation>
  </message>
  <message>
   <source>Open it there</source>
   <translation>Dort öffnen</translation>
  </message>
  <message>
   <source>Open outside</source>
   <translation>Extern öffnen</translation>
  </message>
  <message>
   <source>Open the document</source>
   <translation>Dokument öffnen</translation>
  </message>
  <message>
   <source>Open the hit</source>
   <translation>Treffer öffnen</translation>
  </message>
  <message>
   <source>Open the library</source>
   <translation>Bibliothek öffnen</translation>
  </message>
  <message>
   <source>Open the page</source>
   <translation>Seite öffnen</translation>
  </message>
  <message>
   <source>Open the page that holds the answer to add it here.</source>
   <translation>Öffnen Sie die Seite mit der Antwort, um sie hier hinzuzufügen.</translation>
  </message>
  <message>
   <source>Open this address?</source>
   <translation>Diese Adresse öffnen?</translation>
  </message>
  <message>
   <source>Open what the cell rests on</source>
   <translation>Beleg des Felds öffnen</translation>
  </message>
  <message>
   <source>Open {address}…</source>
   <translation>{address} öffnen…</translation>
  </message>
  <message>
   <source>Open {name}</source>
   <translation>{name} öffnen</translation>
  </message>
  <message>
   <source>Open “{name}” in its own application</source>
   <translation>„{name}“ im eigenen Programm öffnen</translation>
  </message>
  <message>
   <source>Open “{name}” outside?</source>
   <translation>„{name}“ extern öffnen?</translation>
  </message>
  <message>
   <source>Opening</source>
   <translation>Öffnet</translation>
  </message>
  <message>
   <source>Operation not permitted</source>
   <translation>Vorgang nicht erlaubt</translation>
  </message>
  <message>
   <source>Or choose a folder</source>
   <translation>Oder einen Ordner wählen</translation>
  </message>
  <message>
   <source>Or drop one anywhere in the window.</source>
   <translation>Oder einen irgendwo ins Fenster ziehen.</translation>
  </message>
  <message>
   <source>Or let go over a collection to add to that one. The files stay where they are.</source>
   <translation>Oder über einer Sammlung loslassen: Dann kommt es dorthin. Die Dateien bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>Or mark it wrong, and show the page that holds the answer, or say that the documents do not answer it.</source>
   <translation>Oder markieren Sie sie als falsch und zeigen Sie die Seite, auf der die Antwort steht, oder geben Sie an, dass die Dokumente die Frage nicht beantworten.</translation>
  </message>
  <message>
   <source>Other files</source>
   <translation>Andere Dateien</translation>
  </message>
  <message>
   <source>Other processes read the documents, with a limit on time, and on memory where the system has one.</source>
   <translation>Andere Prozesse lesen die Dokumente, mit einer Grenze für die Zeit und, wo das System eine kennt, für den Speicher.</translation>
  </message>
  <message>
   <source>Other programs</source>
   <translation>Andere Programme</translation>
  </message>
  <message>
   <source>Other reasons</source>
   <translation>Andere Gründe</translation>
  </message>
  <message>
   <source>Otherwise in {name}</source>
   <translation>Anders in {name}</translation>
  </message>
  <message>
   <source>Outside these hours at full speed</source>
   <translation>Außerhalb dieser Zeit mit vollem Tempo</translation>
  </message>
  <message>
   <source>PDF</source>
   <translation>PDF</translation>
  </message>
  <message>
   <source>PDF, Word, mail, web pages, text. The files stay where they are.</source>
   <translation>PDF, Word, E-Mail, Webseiten, Text. Die Dateien bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>Seite</translation>
  </message>
  <message>
   <source>Page as wide as the reader</source>
   <translation>Seite so breit wie die Leseansicht</translation>
  </message>
  <message>
   <source>Pages to look at</source>
   <translation>Seiten zum Nachsehen</translation>
  </message>
  <message>
   <source>Parts of a document read for its summary</source>
   <translation>Gelesene Teile eines Dokuments je Zusammenfassung</translation>
  </message>
  <message>
   <source>Passages are found and quoted. A GGUF file can be dropped anywhere here.</source>
   <translation>Textstellen werden gefunden und zitiert. Eine GGUF-Datei kann überall hier abgelegt werden.</translation>
  </message>
  <message>
   <source>Passages come close to the question. Check that it is not stated.</source>
   <translation>Textstellen kommen der Frage nahe. Prüfen Sie, ob wirklich nichts angegeben ist.</translation>
  </message>
  <message>
   <source>Passages embedded at a time</source>
   <translation>Gleichzeitig eingebettete Textstellen</translation>
  </message>
  <message>
   <source>Passages for an answer</source>
   <translation>Textstellen je Antwort</translation>
  </message>
  <message>
   <source>Passages for an answer, with a graphics card</source>
   <translation>Textstellen je Antwort, mit Grafikkarte</translation>
  </message>
  <message>
   <source>Passages it has read</source>
   <translation>Gelesene Textstellen</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Passphrase</translation>
  </message>
  <message>
   <source>Passphrase until now</source>
   <translation>Bisherige Passphrase</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Password of “{name}”</source>
   <translation>Passwort von „{name}“</translation>
  </message>
  <message>
   <source>Passwords of documents</source>
   <translation>Passwörter von Dokumenten</translation>
  </message>
  <message>
   <source>Passwords of {n} documents</source>
   <translation>Passwörter von {n} Dokumenten</translation>
  </message>
  <message>
   <source>Paste a path</source>
   <translation>Pfad einfügen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Pause indexing</source>
   <translation>Einlesen anhalten</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Permission denied</source>
   <translation>Zugriff verweigert</translation>
  </message>
  <message>
   <source>Picture with too many pixels</source>
   <translation>Bild mit zu vielen Pixeln</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Pictures without text</source>
   <translation>Bilder ohne Text</translation>
  </message>
  <message>
   <source>Plain text and Markdown</source>
   <translation>Reiner Text und Markdown</translation>
  </message>
  <message>
   <source>Presentations</source>
   <translation>Präsentationen</translation>
  </message>
  <message>
   <source>Press the new key</source>
   <translation>Neue Taste drücken</translation>
  </message>
  <message>
   <source>Previous chapter</source>
   <translation>Voriges Kapitel</translation>
  </message>
  <message>
   <source>Previous citation</source>
   <translation>Vorheriger Beleg</translation>
  </message>
  <message>
   <source>Previous entry</source>
   <translation>Voriger Eintrag</translation>
  </message>
  <message>
   <source>Previous hit</source>
   <translation>Vorheriger Treffer</translation>
  </message>
  <message>
   <source>Previous message</source>
   <translation>Vorige Nachricht</translation>
  </message>
  <message>
   <source>Previous page</source>
   <translation>Vorherige Seite</translation>
  </message>
  <message>
   <source>Previous place</source>
   <translation>Vorherige Stelle</translation>
  </message>
  <message>
   <source>Previous region</source>
   <translation>Voriger Bereich</translation>
  </message>
  <message>
   <source>Previous sheet</source>
   <translation>Voriges Tabellenblatt</translation>
  </message>
  <message>
   <source>Previous slide</source>
   <translation>Vorige Folie</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>Probleme</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>Prozessor</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Prompt templates</source>
   <translation>Prompt-Vorlagen</translation>
  </message>
  <message>
   <source>Protect the library with a passphrase</source>
   <translation>Bibliothek mit einer Passphrase schützen</translation>
  </message>
  <message>
   <source>Protection</source>
   <translation>Schutz</translation>
  </message>
  <message>
   <source>Put aside</source>
   <translation>Zurückgestellt</translation>
  </message>
  <message>
   <source>Put together</source>
   <translation>Zusammenlegen</translation>
  </message>
  <message>
   <source>Put “{question}” to each of {n} {kind}, {where}.</source>
   <translation>Einzeln befragt mit „{question}“: {n} {kind} {where}.</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Qualität</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>Question set</source>
   <translation>Fragensatz</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Questions (*.csv *.tsv *.txt)</source>
   <translation>Fragen (*.csv *.tsv *.txt)</translation>
  </message>
  <message>
   <source>Questions from a file</source>
   <translation>Fragen aus einer Datei</translation>
  </message>
  <message>
   <source>Questions whose right answer you know, and how often it is found. Measure again after a change: another model, other settings, more documents.</source>
   <translation>Fragen, deren richtige Antwort Sie kennen, und wie oft sie gefunden wird. Messen Sie nach einer Änderung erneut: anderes Modell, andere Einstellungen, mehr Dokumente.</translation>
  </message>
  <message>
   <source>Quit Strongroom</source>
   <translation>Strongroom beenden</translation>
  </message>
  <message>
   <source>Quotes only</source>
   <translation>Nur Zitate</translation>
  </message>
  <message>
   <source>Quotes only, no answer model was asked.</source>
   <translation>Nur Zitate, es wurde kein Antwortmodell befragt.</translation>
  </message>
  <message>
   <source>Re-embedding with {model}: {done} of {total}</source>
   <translation>Neu einbetten mit {model}: {done} von {total}</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>Gelesen</translation>
  </message>
  <message>
   <source>Read again</source>
   <translation>Neu einlesen</translation>
  </message>
  <message numerus="yes">
   <source>Read all {n} again</source>
   <translation>
    <numerusform>Neu einlesen</numerusform>
    <numerusform>Alle {n} neu einlesen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Read all {n} passages</source>
   <translation>
    <numerusform>Die einzige Textstelle gelesen</numerusform>
    <numerusform>Alle {n} Textstellen gelesen</numerusform>
   </translation>
  </message>
  <message>
   <source>Read as {kind}, words only so far</source>
   <translation>Als {kind} gelesen, bisher nur die Wörter</translation>
  </message>
  <message numerus="yes">
   <source>Read as {kind}, {n} passages in the index</source>
   <translation>
    <numerusform>Als {kind} gelesen, {n} Textstelle im Index</numerusform>
    <numerusform>Als {kind} gelesen, {n} Textstellen im Index</numerusform>
   </translation>
  </message>
  <message>
   <source>Read both again</source>
   <translation>Beide neu einlesen</translation>
  </message>
  <message>
   <source>Read by text recognition; may hold errors.</source>
   <translation>Durch Texterkennung gelesen; kann Fehler enthalten.</translation>
  </message>
  <message>
   <source>Read clearly by text recognition; may hold errors.</source>
   <translation>Durch Texterkennung deutlich gelesen; kann Fehler enthalten.</translation>
  </message>
  <message>
   <source>Read it again; if that does not help, check the library in the settings.</source>
   <translation>Lesen Sie es neu; hilft das nicht, prüfen Sie die Bibliothek in den Einstellungen.</translation>
  </message>
  <message>
   <source>Read the nearest passages of {names}.</source>
   <translation>Die nächstliegenden Textstellen gelesen ({names}).</translation>
  </message>
  <message>
   <source>Read with</source>
   <translation>Gelesen mit</translation>
  </message>
  <message>
   <source>Read {done} of the {total} nearest passages, of {documents}.</source>
   <translation>{done} der {total} nächstliegenden Textstellen gelesen ({documents}).</translation>
  </message>
  <message>
   <source>Read {done} of {n} documents to their end.</source>
   <translation>{done} von {n} Dokumenten bis zum Ende gelesen.</translation>
  </message>
  <message numerus="yes">
   <source>Read {done} of {n} pages</source>
   <translation>
    <numerusform>{done} von {n} Seite gelesen</numerusform>
    <numerusform>{done} von {n} Seiten gelesen</numerusform>
   </translation>
  </message>
  <message>
   <source>Read {done} of {total} passages</source>
   <translation>{done} von {total} Textstellen gelesen</translation>
  </message>
  <message>
   <source>Read {names} from end to end.</source>
   <translation>{names} von Anfang bis Ende gelesen.</translation>
  </message>
  <message>
   <source>Read {names}.</source>
   <translation>{names} gelesen.</translation>
  </message>
  <message numerus="yes">
   <source>Read {n} documents again</source>
   <translation>
    <numerusform>{n} Dokument erneut einlesen</numerusform>
    <numerusform>{n} Dokumente erneut einlesen</numerusform>
   </translation>
  </message>
  <message>
   <source>Read {n} passages of {documents}.</source>
   <translation>{n} Textstellen gelesen ({documents}).</translation>
  </message>
  <message>
   <source>Read, but not found</source>
   <translation>Gelesen, aber nicht gefunden</translation>
  </message>
  <message>
   <source>Read-only file system</source>
   <translation>Dateisystem schreibgeschützt</translation>
  </message>
  <message>
   <source>Reader</source>
   <translation>Leseansicht</translation>
  </message>
  <message>
   <source>Readers of their own</source>
   <translation>Eigene Leseprozesse</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Liest</translation>
  </message>
  <message>
   <source>Reading font</source>
   <translation>Leseschrift</translation>
  </message>
  <message>
   <source>Reading now</source>
   <translation>Wird gerade gelesen</translation>
  </message>
  <message>
   <source>Reading part {n} of {total}</source>
   <translation>Liest Teil {n} von {total}</translation>
  </message>
  <message>
   <source>Reading scanned page {page} of {pages} of {name}</source>
   <translation>Liest gescannte Seite {page} von {pages} von {name}</translation>
  </message>
  <message>
   <source>Reading the file took more than {limit} of memory and was given up.</source>
   <translation>Das Lesen der Datei brauchte mehr als {limit} Speicher und wurde aufgegeben.</translation>
  </message>
  <message>
   <source>Reading the file took more than {seconds} seconds and was given up.</source>
   <translation>Das Lesen der Datei dauerte länger als {seconds} Sekunden und wurde aufgegeben.</translation>
  </message>
  <message>
   <source>Reading these files ended in a crash, which was caught. Save them again in their own application; nothing else was affected.</source>
   <translation>Das Lesen dieser Dateien endete in einem Absturz, der abgefangen wurde. Speichern Sie sie in ihrer eigenen Anwendung neu; sonst war nichts betroffen.</translation>
  </message>
  <message>
   <source>Reading was stopped at the limit. Nothing else was affected.</source>
   <translation>Das Lesen wurde beim Erreichen der Grenze beendet. Sonst war nichts betroffen.</translation>
  </message>
  <message numerus="yes">
   <source>Reading {done} of {n} documents</source>
   <translation>
    <numerusform>{done} von {n} Dokument eingelesen</numerusform>
    <numerusform>{done} von {n} Dokumenten eingelesen</numerusform>
   </translation>
  </message>
  <message>
   <source>Reading {passages}</source>
   <translation>Liest {passages}</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Ready as soon as the first document is in, usually within seconds.</source>
   <translation>Bereit, sobald das erste Dokument eingelesen ist, meist nach wenigen Sekunden.</translation>
  </message>
  <message>
   <source>Rebuild from your documents</source>
   <translation>Aus Ihren Dokumenten neu aufbauen</translation>
  </message>
  <message>
   <source>Rebuilding the library needs {needed} of disk space at {library}, and {free} are free.</source>
   <translation>Um die Bibliothek neu aufzubauen, braucht es {needed} Platz in {library}; frei sind {free}.</translation>
  </message>
  <message>
   <source>Recognise text in scanned pages and pictures</source>
   <translation>Text in gescannten Seiten und Bildern erkennen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove from the library? The file itself is not touched.</source>
   <translation>Aus der Bibliothek entfernen? Die Datei selbst bleibt unberührt.</translation>
  </message>
  <message>
   <source>Remove from the library…</source>
   <translation>Aus der Bibliothek entfernen…</translation>
  </message>
  <message>
   <source>Remove it from the library instead; its files are not touched.</source>
   <translation>Entfernen Sie sie stattdessen aus der Bibliothek; ihre Dateien bleiben unberührt.</translation>
  </message>
  <message>
   <source>Remove the question</source>
   <translation>Frage entfernen</translation>
  </message>
  <message>
   <source>Remove this conversation?</source>
   <translation>Dieses Gespräch entfernen?</translation>
  </message>
  <message>
   <source>Remove this model</source>
   <translation>Dieses Modell entfernen</translation>
  </message>
  <message>
   <source>Remove this review grid?</source>
   <translation>Diese Prüftabelle entfernen?</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>{name} entfernen</translation>
  </message>
  <message>
   <source>Remove {name}?</source>
   <translation>{name} entfernen?</translation>
  </message>
  <message>
   <source>Removes index, conversations and reviews. Your documents are not touched.</source>
   <translation>Entfernt Index, Gespräche und Prüftabellen. Ihre Dokumente bleiben unberührt.</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Entfernen…</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Rename it and add it then.</source>
   <translation>Nach dem Umbenennen lässt es sich hinzufügen.</translation>
  </message>
  <message>
   <source>Rename it; it is read by itself then.</source>
   <translation>Benennen Sie sie um; dann wird sie von selbst gelesen.</translation>
  </message>
  <message>
   <source>Rename the files; they are read by themselves then.</source>
   <translation>Benennen Sie die Dateien um; sie werden dann von selbst eingelesen.</translation>
  </message>
  <message>
   <source>Rename the review grid</source>
   <translation>Prüftabelle umbenennen</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Umbenennen…</translation>
  </message>
  <message>
   <source>Resource busy</source>
   <translation>Ressource belegt</translation>
  </message>
  <message>
   <source>Restart the engine</source>
   <translation>Kern neu starten</translation>
  </message>
  <message>
   <source>Rests on</source>
   <translation>Beruht auf</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>Review grid</source>
   <translation>Prüftabelle</translation>
  </message>
  <message>
   <source>Review grids</source>
   <translation>Prüftabellen</translation>
  </message>
  <message>
   <source>Review {n}</source>
   <translation>Prüfung {n}</translation>
  </message>
  <message>
   <source>Reviews there are: {known}.</source>
   <translation>Vorhandene Prüftabellen: {known}.</translation>
  </message>
  <message>
   <source>Rewrite the answer before</source>
   <translation>Vorige Antwort umformen</translation>
  </message>
  <message>
   <source>Right: keep it in your own question set</source>
   <translation>Richtig: in den eigenen Fragensatz aufnehmen</translation>
  </message>
  <message>
   <source>Right: {answer}</source>
   <translation>Richtig: {answer}</translation>
  </message>
  <message>
   <source>Rightly not answered</source>
   <translation>Zu Recht ohne Antwort</translation>
  </message>
  <message>
   <source>Rightly not answered, where the documents do not say</source>
   <translation>Zu Recht ohne Antwort, wo die Dokumente nichts sagen</translation>
  </message>
  <message>
   <source>Rows as chosen</source>
   <translation>Zeilen wie gewählt</translation>
  </message>
  <message>
   <source>Run Strongroom where the system's keyring is available or a passphrase can be typed, or name a key file with --key-file or STRONGROOM_KEY_FILE.</source>
   <translation>Starten Sie Strongroom dort, wo der Schlüsselbund des Systems verfügbar ist oder eine Passphrase eingegeben werden kann, oder nennen Sie mit --key-file oder STRONGROOM_KEY_FILE eine Schlüsseldatei.</translation>
  </message>
  <message>
   <source>Run the review in the window that has it open, or close that one first.</source>
   <translation>Lassen Sie die Prüftabelle in dem Fenster laufen, in dem die Bibliothek geöffnet ist, oder schließen Sie dieses zuerst.</translation>
  </message>
  <message>
   <source>SQL</source>
   <translation>SQL</translation>
  </message>
  <message>
   <source>Sample documents</source>
   <translation>Beispieldokumente</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save a copy of it with fewer pixels.</source>
   <translation>Speichern Sie eine Kopie mit weniger Pixeln.</translation>
  </message>
  <message>
   <source>Save copies of them with fewer pixels, or leave them out.</source>
   <translation>Speichern Sie Kopien mit weniger Pixeln, oder lassen Sie sie aus.</translation>
  </message>
  <message>
   <source>Save it anew in its own program, or split it.</source>
   <translation>Speichern Sie sie im zugehörigen Programm neu oder teilen Sie sie auf.</translation>
  </message>
  <message>
   <source>Save it anew in its own program; other documents are not affected.</source>
   <translation>Speichern Sie sie im zugehörigen Programm neu; andere Dokumente sind nicht betroffen.</translation>
  </message>
  <message>
   <source>Save it as PDF, DOCX, HTML, Markdown or text.</source>
   <translation>Speichern Sie sie als PDF, DOCX, HTML, Markdown oder Text.</translation>
  </message>
  <message>
   <source>Save the questions and their right places as a file</source>
   <translation>Fragen und ihre richtigen Stellen als Datei speichern</translation>
  </message>
  <message>
   <source>Save them in another format, as PDF or text, or leave them out.</source>
   <translation>Speichern Sie sie in einem anderen Format, als PDF oder Text, oder lassen Sie sie aus.</translation>
  </message>
  <message>
   <source>Say when a long index is done</source>
   <translation>Ende eines langen Einlesens melden</translation>
  </message>
  <message>
   <source>Says in plain words what a passage, a term or a rule in the documents means.</source>
   <translation>Sagt in einfachen Worten, was eine Textstelle, ein Begriff oder eine Regelung in den Dokumenten bedeutet.</translation>
  </message>
  <message>
   <source>Says what you marked as right, word for word</source>
   <translation>Sagt wörtlich, was Sie als richtig markiert haben</translation>
  </message>
  <message>
   <source>Scanned pages</source>
   <translation>Gescannte Seiten</translation>
  </message>
  <message>
   <source>Search all collections</source>
   <translation>Alle Sammlungen durchsuchen</translation>
  </message>
  <message numerus="yes">
   <source>Search all {n} collections</source>
   <translation>
    <numerusform>Alles durchsuchen</numerusform>
    <numerusform>Alle {n} Sammlungen durchsuchen</numerusform>
   </translation>
  </message>
  <message>
   <source>Search by meaning</source>
   <translation>Suche nach Bedeutung</translation>
  </message>
  <message>
   <source>Search by meaning with {name}?</source>
   <translation>Mit {name} nach Bedeutung suchen?</translation>
  </message>
  <message>
   <source>Search everywhere</source>
   <translation>Überall suchen</translation>
  </message>
  <message>
   <source>Search in it or not</source>
   <translation>Durchsuchen oder nicht</translation>
  </message>
  <message>
   <source>Search keys and what they do</source>
   <translation>Tasten und Befehle durchsuchen</translation>
  </message>
  <message>
   <source>Search only there</source>
   <translation>Nur dort suchen</translation>
  </message>
  <message>
   <source>Search only this</source>
   <translation>Nur diese durchsuchen</translation>
  </message>
  <message>
   <source>Search only {name}</source>
   <translation>Nur {name} durchsuchen</translation>
  </message>
  <message>
   <source>Search questions and answers</source>
   <translation>Fragen und Antworten durchsuchen</translation>
  </message>
  <message>
   <source>Search works all the same. Close other programs or import a smaller model.</source>
   <translation>Die Suche funktioniert trotzdem. Schließen Sie andere Programme oder importieren Sie ein kleineres Modell.</translation>
  </message>
  <message>
   <source>Search works without a model</source>
   <translation>Die Suche geht auch ohne Modell</translation>
  </message>
  <message>
   <source>Search works without one. To have one, import a cross-encoder's files as they were published: model.onnx, tokenizer.json and config.json.</source>
   <translation>Die Suche funktioniert auch ohne. Um einen zu haben, importieren Sie die Dateien eines Cross-Encoders, wie sie veröffentlicht wurden: model.onnx, tokenizer.json und config.json.</translation>
  </message>
  <message>
   <source>Searched</source>
   <translation>Durchsucht</translation>
  </message>
  <message>
   <source>Searched everywhere, though the question says {words}.</source>
   <translation>Überall gesucht, obwohl die Frage {words} nennt.</translation>
  </message>
  <message>
   <source>Searched only in {place}.</source>
   <translation>Nur in {place} gesucht.</translation>
  </message>
  <message numerus="yes">
   <source>Searched {n} documents in all collections.</source>
   <translation>
    <numerusform>{n} Dokument in allen Sammlungen durchsucht.</numerusform>
    <numerusform>{n} Dokumente in allen Sammlungen durchsucht.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched {n} documents in {collections}.</source>
   <translation>
    <numerusform>{n} Dokument in {collections} durchsucht.</numerusform>
    <numerusform>{n} Dokumente in {collections} durchsucht.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched {n} documents.</source>
   <translation>
    <numerusform>{n} Dokument durchsucht.</numerusform>
    <numerusform>{n} Dokumente durchsucht.</numerusform>
   </translation>
  </message>
  <message>
   <source>Searched. Click to leave it out, Alt-click to search only this.</source>
   <translation>Durchsucht. Klick nimmt sie aus, Alt+Klick durchsucht nur diese.</translation>
  </message>
  <message>
   <source>Searched: {what}</source>
   <translation>Durchsucht: {what}</translation>
  </message>
  <message>
   <source>Searching</source>
   <translation>Sucht</translation>
  </message>
  <message>
   <source>Searching by words works. Install that model again, or choose another for the library; here are: {here}.</source>
   <translation>Die Suche nach Wörtern funktioniert. Installieren Sie das Modell neu oder wählen Sie ein anderes für die Bibliothek; hier vorhanden: {here}.</translation>
  </message>
  <message>
   <source>Sections of the settings</source>
   <translation>Bereiche der Einstellungen</translation>
  </message>
  <message>
   <source>See to it that this folder can be written.</source>
   <translation>Sorgen Sie dafür, dass dieser Ordner beschreibbar ist.</translation>
  </message>
  <message>
   <source>See what else fits</source>
   <translation>Weitere passende Modelle</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>Alles auswählen</translation>
  </message>
  <message>
   <source>Sentences are quoted as they stand: {why}</source>
   <translation>Sätze sind wörtlich zitiert: {why}</translation>
  </message>
  <message>
   <source>Sentences of the documents alone</source>
   <translation>Nur Sätze aus den Dokumenten</translation>
  </message>
  <message>
   <source>Sentences that their sources support</source>
   <translation>Durch ihre Belege gedeckte Sätze</translation>
  </message>
  <message>
   <source>Serif</source>
   <translation>Serifen</translation>
  </message>
  <message>
   <source>Set passphrase</source>
   <translation>Passphrase festlegen</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Set…</source>
   <translation>Festlegen…</translation>
  </message>
  <message>
   <source>Sheet</source>
   <translation>Tabellenblatt</translation>
  </message>
  <message>
   <source>Shorten it, or add the long text as a document and ask about it.</source>
   <translation>Kürzen Sie sie, oder fügen Sie den langen Text als Dokument hinzu und fragen Sie danach.</translation>
  </message>
  <message>
   <source>Shorten it, or choose a larger context in the settings.</source>
   <translation>Kürzen Sie sie oder wählen Sie in den Einstellungen einen größeren Kontext.</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Anzeigen</translation>
  </message>
  <message>
   <source>Show all conversations</source>
   <translation>Alle Gespräche anzeigen</translation>
  </message>
  <message>
   <source>Show all {n}</source>
   <translation>Alle {n} zeigen</translation>
  </message>
  <message numerus="yes">
   <source>Show all {n} passages</source>
   <translation>
    <numerusform>Textstelle anzeigen</numerusform>
    <numerusform>Alle {n} Textstellen anzeigen</numerusform>
   </translation>
  </message>
  <message>
   <source>Show fewer</source>
   <translation>Weniger zeigen</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>Im Ordner anzeigen</translation>
  </message>
  <message>
   <source>Show in the folder</source>
   <translation>Im Ordner anzeigen</translation>
  </message>
  <message>
   <source>Show one collection only</source>
   <translation>Nur eine Sammlung zeigen</translation>
  </message>
  <message>
   <source>Show only the rows that have them</source>
   <translation>Nur die Zeilen damit zeigen</translation>
  </message>
  <message>
   <source>Show or hide the reader</source>
   <translation>Leseansicht ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show or hide the sidebar</source>
   <translation>Seitenleiste ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show the SQL</source>
   <translation>SQL zeigen</translation>
  </message>
  <message>
   <source>Show the file of “{name}”</source>
   <translation>Datei von „{name}“ anzeigen</translation>
  </message>
  <message>
   <source>Show the library's folder</source>
   <translation>Ordner der Bibliothek zeigen</translation>
  </message>
  <message>
   <source>Show the logs</source>
   <translation>Protokolle anzeigen</translation>
  </message>
  <message>
   <source>Show the passphrase</source>
   <translation>Passphrase anzeigen</translation>
  </message>
  <message>
   <source>Show the password</source>
   <translation>Passwort zeigen</translation>
  </message>
  <message>
   <source>Show the prompt</source>
   <translation>Prompt anzeigen</translation>
  </message>
  <message>
   <source>Show the sidebar</source>
   <translation>Seitenleiste einblenden</translation>
  </message>
  <message>
   <source>Show the text</source>
   <translation>Text zeigen</translation>
  </message>
  <message>
   <source>Show the whole page</source>
   <translation>Die ganze Seite zeigen</translation>
  </message>
  <message numerus="yes">
   <source>Show the {n} problems</source>
   <translation>
    <numerusform>Problem anzeigen</numerusform>
    <numerusform>{n} Probleme anzeigen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Show {n} more</source>
   <translation>
    <numerusform>Noch {n} zeigen</numerusform>
    <numerusform>{n} weitere zeigen</numerusform>
   </translation>
  </message>
  <message>
   <source>Show “{name}” in its folder</source>
   <translation>„{name}“ im Ordner anzeigen</translation>
  </message>
  <message>
   <source>Shown: {collection}</source>
   <translation>Gezeigt: {collection}</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Skipped {n}</source>
   <translation>Übersprungen {n}</translation>
  </message>
  <message>
   <source>Slide</source>
   <translation>Folie</translation>
  </message>
  <message>
   <source>Smaller</source>
   <translation>Kleiner</translation>
  </message>
  <message>
   <source>Smaller page</source>
   <translation>Seite kleiner</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Text kleiner</translation>
  </message>
  <message>
   <source>Some changes take effect when the engine is started again.</source>
   <translation>Einige Änderungen gelten erst nach einem Neustart des Kerns.</translation>
  </message>
  <message>
   <source>Something of these may be lost: {kinds}.</source>
   <translation>Etwas davon kann verloren sein: {kinds}.</translation>
  </message>
  <message>
   <source>Something went wrong.</source>
   <translation>Ein Fehler ist aufgetreten.</translation>
  </message>
  <message>
   <source>Sort downwards</source>
   <translation>Absteigend sortieren</translation>
  </message>
  <message>
   <source>Sort upwards</source>
   <translation>Aufsteigend sortieren</translation>
  </message>
  <message>
   <source>Sources</source>
   <translation>Quellen</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Split it into smaller files, or raise the limit in the settings.</source>
   <translation>Teilen Sie sie in kleinere Dateien auf oder erhöhen Sie die Grenze in den Einstellungen.</translation>
  </message>
  <message>
   <source>Split it into smaller files.</source>
   <translation>Teilen Sie sie in kleinere Dateien auf.</translation>
  </message>
  <message>
   <source>Split them into smaller files, or raise the limit in Settings.</source>
   <translation>Teilen Sie sie in kleinere Dateien, oder erhöhen Sie die Grenze in den Einstellungen.</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Starten</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>Startet</translation>
  </message>
  <message>
   <source>Starting again</source>
   <translation>Startet neu</translation>
  </message>
  <message>
   <source>Step {number}, {state}</source>
   <translation>Schritt {number}, {state}</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Stop, close, clear: one step back</source>
   <translation>Abbrechen, schließen, leeren: einen Schritt zurück</translation>
  </message>
  <message>
   <source>Stopped after {time}.</source>
   <translation>Nach {time} abgebrochen.</translation>
  </message>
  <message>
   <source>Stopped after {time}. The answer so far is kept.</source>
   <translation>Nach {time} abgebrochen. Die Antwort bis dahin bleibt erhalten.</translation>
  </message>
  <message>
   <source>Stopped the reader</source>
   <translation>Beim Lesen abgestürzt</translation>
  </message>
  <message>
   <source>Stopped.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Bricht ab</translation>
  </message>
  <message>
   <source>Stricter</source>
   <translation>Strenger</translation>
  </message>
  <message>
   <source>Strictness</source>
   <translation>Strenge</translation>
  </message>
  <message>
   <source>Strong, if nobody can know it from elsewhere.</source>
   <translation>Stark, sofern niemand sie von anderswo kennen kann.</translation>
  </message>
  <message>
   <source>Strongroom</source>
   <translation>Strongroom</translation>
  </message>
  <message>
   <source>Strongroom does not download. On a computer with a network, fetch the file {file} ({size}) {where}, bring it here, and drop it on this window. It is checked against its fingerprint.</source>
   <translation>Strongroom lädt nichts herunter. Holen Sie auf einem Computer mit Netz die Datei {file} ({size}) {where}, bringen Sie sie hierher und legen Sie sie auf diesem Fenster ab. Sie wird anhand ihrer Prüfsumme geprüft.</translation>
  </message>
  <message>
   <source>Strongroom ended twice while it read the file, which is put aside until it changes.</source>
   <translation>Strongroom endete zweimal, während es die Datei las; sie ist zurückgestellt, bis sie sich ändert.</translation>
  </message>
  <message>
   <source>Strongroom ended twice while it read these files. They are read again when they change, or when you ask for it.</source>
   <translation>Strongroom endete zweimal, während es diese Dateien las. Sie werden wieder gelesen, wenn sie sich ändern oder wenn Sie es verlangen.</translation>
  </message>
  <message>
   <source>Strongroom goes on watching your folders</source>
   <translation>Strongroom überwacht Ihre Ordner weiter</translation>
  </message>
  <message>
   <source>Strongroom reads models in the GGUF format; the names of their files end in .gguf.</source>
   <translation>Strongroom liest Modelle im GGUF-Format; die Namen ihrer Dateien enden auf .gguf.</translation>
  </message>
  <message>
   <source>Strongroom reads your documents on this computer, answers questions about them, and shows the page every statement rests on.</source>
   <translation>Strongroom liest Ihre Dokumente auf diesem Computer, beantwortet Fragen dazu und zeigt zu jeder Aussage die Seite, auf der sie beruht.</translation>
  </message>
  <message>
   <source>Strongroom stays in the tray; starting it again shows the window</source>
   <translation>Strongroom bleibt im Infobereich; ein erneuter Start zeigt das Fenster</translation>
  </message>
  <message>
   <source>Strongroom takes {own} GB, other programs {other} GB; {free} GB are free.</source>
   <translation>Strongroom belegt {own} GB, andere Programme {other} GB; {free} GB sind frei.</translation>
  </message>
  <message numerus="yes">
   <source>Strongroom: {done} of {n} documents</source>
   <translation>
    <numerusform>Strongroom: liest ein Dokument</numerusform>
    <numerusform>Strongroom: {done} von {n} Dokumenten</numerusform>
   </translation>
  </message>
  <message>
   <source>Structure</source>
   <translation>Gliederung</translation>
  </message>
  <message>
   <source>Structured fields</source>
   <translation>Strukturierte Felder</translation>
  </message>
  <message>
   <source>Summarise</source>
   <translation>Zusammenfassen</translation>
  </message>
  <message>
   <source>Summary</source>
   <translation>Zusammenfassung</translation>
  </message>
  <message>
   <source>Sums up whole documents, point by point.</source>
   <translation>Fasst ganze Dokumente Punkt für Punkt zusammen.</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Tables</source>
   <translation>Tabellen</translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>Zurückholen</translation>
  </message>
  <message>
   <source>Take out</source>
   <translation>Herausnehmen</translation>
  </message>
  <message>
   <source>Take out of the grid…</source>
   <translation>Aus der Tabelle nehmen…</translation>
  </message>
  <message>
   <source>Take the mark back</source>
   <translation>Markierung aufheben</translation>
  </message>
  <message>
   <source>Take this document out of the grid?</source>
   <translation>Dieses Dokument aus der Prüftabelle nehmen?</translation>
  </message>
  <message>
   <source>Take “{name}” back in</source>
   <translation>„{name}“ zurückholen</translation>
  </message>
  <message>
   <source>Task: {name}</source>
   <translation>Aufgabe: {name}</translation>
  </message>
  <message>
   <source>Templates there are: {known}.</source>
   <translation>Vorhandene Vorlagen: {known}.</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Text at 100 %</source>
   <translation>Text auf 100 %</translation>
  </message>
  <message>
   <source>Text documents (Word, OpenDocument)</source>
   <translation>Textdokumente (Word, OpenDocument)</translation>
  </message>
  <message>
   <source>Text in its usual size</source>
   <translation>Text in üblicher Größe</translation>
  </message>
  <message>
   <source>Text of the licence of {name}</source>
   <translation>Lizenztext von {name}</translation>
  </message>
  <message>
   <source>Text recognition</source>
   <translation>Texterkennung</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Textgröße</translation>
  </message>
  <message>
   <source>Text {percent} %</source>
   <translation>Text {percent} %</translation>
  </message>
  <message>
   <source>The answer cites a right page</source>
   <translation>Antwort mit richtiger Seite belegt</translation>
  </message>
  <message>
   <source>The answer did not fit into {tokens} tokens.</source>
   <translation>Die Antwort passte nicht in {tokens} Token.</translation>
  </message>
  <message>
   <source>The answer model is not in memory; the next question loads it.</source>
   <translation>Das Antwortmodell ist nicht im Speicher; die nächste Frage lädt es.</translation>
  </message>
  <message>
   <source>The answer model stopped: {why}.</source>
   <translation>Das Antwortmodell ist ausgefallen: {why}.</translation>
  </message>
  <message>
   <source>The answer model {model} is not on this computer.</source>
   <translation>Das Antwortmodell {model} ist nicht auf diesem Computer.</translation>
  </message>
  <message>
   <source>The answer was kept by another release of Strongroom and cannot be read.</source>
   <translation>Die Antwort stammt aus einer anderen Version von Strongroom und ist nicht lesbar.</translation>
  </message>
  <message>
   <source>The check box says whether it is searched; Alt-click: only this.</source>
   <translation>Das Kästchen sagt, ob sie durchsucht wird; Alt+Klick: nur diese.</translation>
  </message>
  <message>
   <source>The clipboard holds no path. Copy a folder or file, or its path, first.</source>
   <translation>In der Zwischenablage steht kein Pfad. Kopieren Sie zuerst einen Ordner, eine Datei oder deren Pfad.</translation>
  </message>
  <message>
   <source>The conversation has no question number {number}.</source>
   <translation>Das Gespräch hat keine Frage mit der Nummer {number}.</translation>
  </message>
  <message>
   <source>The damaged library is deleted.</source>
   <translation>Die beschädigte Bibliothek ist gelöscht.</translation>
  </message>
  <message>
   <source>The damaged one is kept beside it ({size}).</source>
   <translation>Die beschädigte bleibt daneben liegen ({size}).</translation>
  </message>
  <message>
   <source>The disk that holds {library} is full.</source>
   <translation>Das Laufwerk, auf dem {library} liegt, ist voll.</translation>
  </message>
  <message>
   <source>The document does not say.</source>
   <translation>Das Dokument sagt es nicht.</translation>
  </message>
  <message>
   <source>The document has no text, and none was recognised in its pictures.</source>
   <translation>Das Dokument hat keinen Text, und in seinen Bildern wurde keiner erkannt.</translation>
  </message>
  <message>
   <source>The document holds no text.</source>
   <translation>Das Dokument enthält keinen Text.</translation>
  </message>
  <message>
   <source>The document is not at {path} any more.</source>
   <translation>Das Dokument liegt nicht mehr unter {path}.</translation>
  </message>
  <message>
   <source>The document is not in the library any more.</source>
   <translation>Das Dokument ist nicht mehr in der Bibliothek.</translation>
  </message>
  <message>
   <source>The document is not read yet.</source>
   <translation>Das Dokument ist noch nicht gelesen.</translation>
  </message>
  <message>
   <source>The document is protected by a password.</source>
   <translation>Das Dokument ist durch ein Passwort geschützt.</translation>
  </message>
  <message>
   <source>The document lies too deep inside others.</source>
   <translation>Das Dokument liegt zu tief in anderen.</translation>
  </message>
  <message>
   <source>The document was read, and what was drawn from it does not find it again.</source>
   <translation>Das Dokument wurde gelesen, und was daraus genommen wurde, findet es nicht wieder.</translation>
  </message>
  <message>
   <source>The documents do not say</source>
   <translation>Die Dokumente sagen es nicht</translation>
  </message>
  <message>
   <source>The documents searched do not say.</source>
   <translation>Die durchsuchten Dokumente sagen es nicht.</translation>
  </message>
  <message>
   <source>The drive of {path} gives errors instead of files: {why}.</source>
   <translation>Das Laufwerk von {path} liefert Fehler statt Dateien: {why}.</translation>
  </message>
  <message>
   <source>The drive of {path} is not here: an empty folder or another drive is in its place.</source>
   <translation>Das Laufwerk von {path} ist nicht da: An seiner Stelle ist ein leerer Ordner oder ein anderes Laufwerk.</translation>
  </message>
  <message>
   <source>The drive or folder with this file is not here now: {path}.</source>
   <translation>Das Laufwerk oder der Ordner mit dieser Datei ist gerade nicht da: {path}.</translation>
  </message>
  <message>
   <source>The embedding model in {folder} cannot be used: {why}.</source>
   <translation>Das Einbettungsmodell in {folder} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The engine cannot be started. Install Strongroom again.</source>
   <translation>Der Kern lässt sich nicht starten. Installieren Sie Strongroom neu.</translation>
  </message>
  <message>
   <source>The engine is a child of this window. Both speak through pipes, not a port: nothing waits for a connection.</source>
   <translation>Der Kern ist ein Kindprozess dieses Fensters. Beide sprechen über Pipes, nicht über einen Port: Nichts wartet auf eine Verbindung.</translation>
  </message>
  <message>
   <source>The engine speaks version {theirs} of the protocol and this window version {ours}. Install Strongroom again.</source>
   <translation>Der Kern spricht Version {theirs} des Protokolls, dieses Fenster Version {ours}. Installieren Sie Strongroom neu.</translation>
  </message>
  <message>
   <source>The engine stopped</source>
   <translation>Der Kern ist ausgefallen</translation>
  </message>
  <message>
   <source>The engine stopped and is being started again.</source>
   <translation>Strongrooms Rechenkern ist ausgefallen und wird neu gestartet.</translation>
  </message>
  <message>
   <source>The engine stopped while this was answered. What was written is kept.</source>
   <translation>Der Kern hielt an, während geantwortet wurde. Was geschrieben war, bleibt.</translation>
  </message>
  <message>
   <source>The file cannot be opened: {why}.</source>
   <translation>Die Datei lässt sich nicht öffnen: {why}.</translation>
  </message>
  <message>
   <source>The file has changed since. It is read anew by itself.</source>
   <translation>Die Datei hat sich seither geändert. Sie wird von selbst neu gelesen.</translation>
  </message>
  <message>
   <source>The file is damaged or not what its name says: {why}.</source>
   <translation>Die Datei ist beschädigt oder nicht, was ihr Name sagt: {why}.</translation>
  </message>
  <message>
   <source>The file is not at {path} any more.</source>
   <translation>Die Datei ist nicht mehr unter {path}.</translation>
  </message>
  <message>
   <source>The file is not on this computer now: its cloud has it.</source>
   <translation>Die Datei ist gerade nicht auf diesem Computer: Sie liegt in der Cloud.</translation>
  </message>
  <message>
   <source>The file is not on this computer yet: its cloud has it.</source>
   <translation>Die Datei ist noch nicht auf diesem Computer: Sie liegt in der Cloud.</translation>
  </message>
  <message>
   <source>The file is not what its name says or ends too early. Open it in its own application and save it again.</source>
   <translation>Die Datei ist nicht, was ihr Name sagt, oder endet zu früh. Öffnen Sie sie in ihrer eigenen Anwendung und speichern Sie sie neu.</translation>
  </message>
  <message>
   <source>The file is too large: {size}; the limit is {limit}.</source>
   <translation>Die Datei ist zu groß: {size}; die Grenze ist {limit}.</translation>
  </message>
  <message>
   <source>The file made the reader crash ({why}).</source>
   <translation>Die Datei hat das Leseprogramm zum Absturz gebracht ({why}).</translation>
  </message>
  <message>
   <source>The file of a run {file} cannot be used: {why}.</source>
   <translation>Die Datei {file} einer Messung ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The file was there and is gone.</source>
   <translation>Die Datei war da und ist verschwunden.</translation>
  </message>
  <message>
   <source>The file {file} ({size}) is deleted from this computer. It can be brought in again.</source>
   <translation>Die Datei {file} ({size}) wird von diesem Computer gelöscht. Sie lässt sich wieder hinzufügen.</translation>
  </message>
  <message>
   <source>The file's name is not valid text.</source>
   <translation>Der Dateiname ist kein gültiger Text.</translation>
  </message>
  <message>
   <source>The files stay where they are.</source>
   <translation>Die Dateien bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>The filter {filter} cannot be understood.</source>
   <translation>Der Filter {filter} ist nicht zu verstehen.</translation>
  </message>
  <message>
   <source>The index</source>
   <translation>Der Index</translation>
  </message>
  <message numerus="yes">
   <source>The index of {n} documents</source>
   <translation>
    <numerusform>Der Index von {n} Dokument</numerusform>
    <numerusform>Der Index von {n} Dokumenten</numerusform>
   </translation>
  </message>
  <message>
   <source>The index, your questions and their answers are in {folder}, encrypted with {cipher}.</source>
   <translation>Der Index, Ihre Fragen und die Antworten darauf liegen in {folder}, verschlüsselt mit {cipher}.</translation>
  </message>
  <message>
   <source>The index, your questions and their answers are. Logs hold no text of documents.</source>
   <translation>Index, Fragen und Antworten sind es. Protokolle enthalten keinen Text aus Dokumenten.</translation>
  </message>
  <message>
   <source>The key file {file} cannot be used: {why}.</source>
   <translation>Die Schlüsseldatei {file} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The library at {library} cannot be written: {why}.</source>
   <translation>In die Bibliothek unter {library} lässt sich nicht schreiben: {why}.</translation>
  </message>
  <message>
   <source>The library at {library} is damaged: {why}.</source>
   <translation>Die Bibliothek unter {library} ist beschädigt: {why}.</translation>
  </message>
  <message>
   <source>The library at {library} was made with a {made}; a {given} does not open it.</source>
   <translation>Die Bibliothek unter {library} wurde mit einer {made} angelegt; eine {given} öffnet sie nicht.</translation>
  </message>
  <message>
   <source>The library at {library} was written by a newer Strongroom (schema {found}).</source>
   <translation>Die Bibliothek unter {library} wurde von einem neueren Strongroom geschrieben (Schema {found}).</translation>
  </message>
  <message>
   <source>The library cannot be opened</source>
   <translation>Die Bibliothek lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>The library is being rebuilt. Conversations are kept.</source>
   <translation>Die Bibliothek wird neu aufgebaut. Gespräche bleiben erhalten.</translation>
  </message>
  <message>
   <source>The library is damaged. Your documents are untouched.</source>
   <translation>Die Bibliothek ist beschädigt. Ihre Dokumente sind unberührt.</translation>
  </message>
  <message>
   <source>The library is encrypted with it. It is kept nowhere: without it, nobody can read the library again, you included. Your documents stay as they are.</source>
   <translation>Mit ihr wird die Bibliothek verschlüsselt. Sie wird nirgends gespeichert: Ohne sie kann niemand die Bibliothek je wieder lesen, auch Sie nicht. Ihre Dokumente bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>The library is encrypted, and there is no way to get its key here: {why}.</source>
   <translation>Die Bibliothek ist verschlüsselt, und ihr Schlüssel ist hier nicht zu bekommen: {why}.</translation>
  </message>
  <message>
   <source>The library was rebuilt.</source>
   <translation>Die Bibliothek wurde neu aufgebaut.</translation>
  </message>
  <message>
   <source>The library's embedding model {model} is not on this computer.</source>
   <translation>Das Einbettungsmodell {model} der Bibliothek ist nicht auf diesem Computer.</translation>
  </message>
  <message>
   <source>The list of models {file} cannot be used: {why}.</source>
   <translation>Die Modellliste {file} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The model file {file} cannot be loaded: {why}.</source>
   <translation>Die Modelldatei {file} lässt sich nicht laden: {why}.</translation>
  </message>
  <message>
   <source>The model you chose.</source>
   <translation>Das Modell, das Sie gewählt haben.</translation>
  </message>
  <message>
   <source>The passphrase is lost…</source>
   <translation>Passphrase verloren…</translation>
  </message>
  <message>
   <source>The picture has too many pixels: {size} million; the limit is {limit} million.</source>
   <translation>Das Bild hat zu viele Pixel: {size} Millionen; die Grenze sind {limit} Millionen.</translation>
  </message>
  <message>
   <source>The place in {file} cannot be kept: {why}.</source>
   <translation>Die Stelle in {file} lässt sich nicht aufnehmen: {why}.</translation>
  </message>
  <message>
   <source>The processor does the rest, which is slower.</source>
   <translation>Den Rest übernimmt der Prozessor, was langsamer ist.</translation>
  </message>
  <message>
   <source>The prompt template cannot be copied to {file}: {why}.</source>
   <translation>Die Prompt-Vorlage lässt sich nicht nach {file} kopieren: {why}.</translation>
  </message>
  <message>
   <source>The prompt template {file} cannot be used: {why}.</source>
   <translation>Die Prompt-Vorlage {file} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The question does not fit into the answer model's context of {context} tokens.</source>
   <translation>Die Frage passt nicht in den Kontext des Antwortmodells von {context} Token.</translation>
  </message>
  <message>
   <source>The question has {length} characters; at most {limit} can be searched.</source>
   <translation>Die Frage hat {length} Zeichen; gesucht werden kann mit höchstens {limit}.</translation>
  </message>
  <message>
   <source>The question is empty.</source>
   <translation>Die Frage ist leer.</translation>
  </message>
  <message>
   <source>The question set {file} cannot be used: {why}.</source>
   <translation>Der Fragensatz {file} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The questions are in {file}.</source>
   <translation>Die Fragen stehen in {file}.</translation>
  </message>
  <message>
   <source>The questions in {file} cannot be used: {why}.</source>
   <translation>Die Fragen in {file} sind nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The quote supports this answer only in part. Check it before you use it.</source>
   <translation>Das Zitat stützt diese Antwort nur zum Teil. Prüfen Sie sie, bevor Sie sie verwenden.</translation>
  </message>
  <message>
   <source>The reranker in {folder} cannot be used: {why}.</source>
   <translation>Der Reranker in {folder} ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The same again</source>
   <translation>Noch einmal eingeben</translation>
  </message>
  <message>
   <source>The same bytes, elsewhere</source>
   <translation>Dieselbe Datei, anderswo</translation>
  </message>
  <message>
   <source>The same exchange of messages</source>
   <translation>Derselbe Nachrichtenwechsel</translation>
  </message>
  <message>
   <source>The schema cannot be used: {why}.</source>
   <translation>Das Schema ist nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The sentences of your documents that answer this, without the answer model</source>
   <translation>Die Sätze Ihrer Dokumente, die darauf antworten, ohne das Antwortmodell</translation>
  </message>
  <message>
   <source>The settings in {file} cannot be used: {why}.</source>
   <translation>Die Einstellungen in {file} sind nicht verwendbar: {why}.</translation>
  </message>
  <message>
   <source>The system cannot watch all of {path} ({why}). What it cannot watch is looked over every few seconds instead.</source>
   <translation>Das System kann nicht alles in {path} überwachen ({why}). Was es nicht überwachen kann, wird stattdessen alle paar Sekunden durchgesehen.</translation>
  </message>
  <message>
   <source>The temperature. With none, the same question gets the same answer</source>
   <translation>Die Temperatur. Bei „Keine“ erhält dieselbe Frage dieselbe Antwort</translation>
  </message>
  <message>
   <source>The two are not the same.</source>
   <translation>Die beiden Eingaben stimmen nicht überein.</translation>
  </message>
  <message>
   <source>The whole library</source>
   <translation>Die ganze Bibliothek</translation>
  </message>
  <message>
   <source>The window and its engine contain no code that uses a network: no account, no telemetry, no updates by themselves. A test fails when some is added. An address is opened by your browser, and only when you say so.</source>
   <translation>Fenster und Kern enthalten keinen Code, der ein Netz nutzt: kein Konto, keine Telemetrie, keine selbsttätigen Updates. Ein Test schlägt fehl, sobald welcher hinzukommt. Adressen öffnet Ihr Browser, und nur auf Ihre Anweisung.</translation>
  </message>
  <message>
   <source>The {kind} does not open the library at {library}.</source>
   <translation>Die {kind} öffnet die Bibliothek unter {library} nicht.</translation>
  </message>
  <message numerus="yes">
   <source>The {n} chosen documents</source>
   <translation>
    <numerusform>{n} gewähltes Dokument</numerusform>
    <numerusform>{n} gewählte Dokumente</numerusform>
   </translation>
  </message>
  <message>
   <source>Their cloud has these files. They are read when they are kept on this computer, or downloaded from here.</source>
   <translation>Diese Dateien liegen in der Cloud. Sie werden gelesen, wenn sie auf diesem Computer bleiben oder von hier aus heruntergeladen werden.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Design</translation>
  </message>
  <message>
   <source>Then measure here how often right pages are found and cited, before and after a change.</source>
   <translation>Messen Sie dann hier, wie oft richtige Seiten gefunden und als Beleg genannt werden, vor und nach einer Änderung.</translation>
  </message>
  <message>
   <source>There is a collection of this name already. The sources of “{old}” are put into it.</source>
   <translation>Eine Sammlung mit diesem Namen gibt es schon. Die Quellen von „{old}“ kommen hinein.</translation>
  </message>
  <message>
   <source>There is a review grid of this name already.</source>
   <translation>Es gibt schon eine Prüftabelle dieses Namens.</translation>
  </message>
  <message>
   <source>There is a review named {name} already.</source>
   <translation>Eine Prüftabelle namens {name} gibt es schon.</translation>
  </message>
  <message>
   <source>There is another model file called {file} on this computer.</source>
   <translation>Auf diesem Computer gibt es schon eine andere Modelldatei namens {file}.</translation>
  </message>
  <message>
   <source>There is no answer model: the nearest sentence is quoted. Check it.</source>
   <translation>Es gibt kein Antwortmodell: Zitiert ist der nächstliegende Satz. Prüfen Sie ihn.</translation>
  </message>
  <message>
   <source>There is no collection named {collection}.</source>
   <translation>Eine Sammlung namens {collection} gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no conversation {name}.</source>
   <translation>Das Gespräch {name} gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no document here that could be asked.</source>
   <translation>Hier ist kein Dokument, das befragt werden könnte.</translation>
  </message>
  <message>
   <source>There is no library at {library} yet.</source>
   <translation>Unter {library} gibt es noch keine Bibliothek.</translation>
  </message>
  <message>
   <source>There is no model named {model}.</source>
   <translation>Ein Modell namens {model} gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no prompt template named {name}.</source>
   <translation>Eine Prompt-Vorlage namens {name} gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no review named {name}.</source>
   <translation>Eine Prüftabelle namens {name} gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no setting “{value}”.</source>
   <translation>Eine Einstellung „{value}“ gibt es nicht.</translation>
  </message>
  <message>
   <source>There is no text in these documents.</source>
   <translation>In diesen Dokumenten steht kein Text.</translation>
  </message>
  <message numerus="yes">
   <source>There is room for {tokens} tokens of context, which is about {n} pages.</source>
   <translation>
    <numerusform>Platz ist für {tokens} Token Kontext, das ist etwa {n} Seite.</numerusform>
    <numerusform>Platz ist für {tokens} Token Kontext, das sind etwa {n} Seiten.</numerusform>
   </translation>
  </message>
  <message>
   <source>There may be more: an answer was cut off.</source>
   <translation>Es kann mehr geben: Eine Antwort wurde abgeschnitten.</translation>
  </message>
  <message>
   <source>These archives hold more than is unpacked. Unpack them into a folder, or raise the limits in Settings.</source>
   <translation>Diese Archive enthalten mehr, als entpackt wird. Entpacken Sie sie in einen Ordner, oder erhöhen Sie die Grenzen in den Einstellungen.</translation>
  </message>
  <message>
   <source>These files were there; they are read when they come back.</source>
   <translation>Diese Dateien waren da; sie werden eingelesen, sobald sie zurück sind.</translation>
  </message>
  <message>
   <source>They are read as soon as their password is known. One password can be given for a whole folder or archive; it is kept in the encrypted library.</source>
   <translation>Sie werden gelesen, sobald ihr Passwort bekannt ist. Ein Passwort kann für einen ganzen Ordner oder ein Archiv gelten; es liegt in der verschlüsselten Bibliothek.</translation>
  </message>
  <message>
   <source>This answer was stopped before its end.</source>
   <translation>Diese Antwort wurde vorzeitig abgebrochen.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>This computer has less memory free.</source>
   <translation>Auf diesem Computer ist weniger Speicher frei.</translation>
  </message>
  <message>
   <source>This computer's keyring keeps the key from now on: whoever is logged in as you can open the library.</source>
   <translation>Der Schlüsselbund dieses Computers verwahrt von nun an den Schlüssel: Wer unter Ihrem Namen angemeldet ist, kann die Bibliothek öffnen.</translation>
  </message>
  <message>
   <source>This is done with a whole document, and none was chosen or named.</source>
   <translation>Das geht nur mit einem ganzen Dokument, und keines wurde gewählt oder genannt.</translation>
  </message>
  <message>
   <source>This kind of archive is not opened: {kind}.</source>
   <translation>Diese Art von Archiv wird nicht geöffnet: {kind}.</translation>
  </message>
  <message>
   <source>This kind of file is not read: {kind}.</source>
   <translation>Diese Art von Datei wird nicht gelesen: {kind}.</translation>
  </message>
  <message>
   <source>This model cannot take in {tokens} tokens.</source>
   <translation>Dieses Modell kann keine {tokens} Token aufnehmen.</translation>
  </message>
  <message>
   <source>This month</source>
   <translation>Diesen Monat</translation>
  </message>
  <message>
   <source>This page is a picture. It waits for text recognition.</source>
   <translation>Diese Seite ist ein Bild. Sie wartet auf die Texterkennung.</translation>
  </message>
  <message>
   <source>This part brings no text of its licence along; its name is above.</source>
   <translation>Dieser Bestandteil bringt keinen Lizenztext mit; sein Name steht oben.</translation>
  </message>
  <message>
   <source>This password does not open it. Capitals and small letters count.</source>
   <translation>Dieses Passwort öffnet es nicht. Groß- und Kleinschreibung zählt.</translation>
  </message>
  <message>
   <source>This password opens none of them. Capitals and small letters count.</source>
   <translation>Dieses Passwort öffnet keines davon. Groß- und Kleinschreibung zählt.</translation>
  </message>
  <message>
   <source>This question was not answered.</source>
   <translation>Diese Frage wurde nicht beantwortet.</translation>
  </message>
  <message>
   <source>This week</source>
   <translation>Diese Woche</translation>
  </message>
  <message>
   <source>Those of programs, such as .git and .cache, are left out all the same</source>
   <translation>Die von Programmen wie .git und .cache bleiben trotzdem ausgeschlossen</translation>
  </message>
  <message>
   <source>Time an answer takes</source>
   <translation>Dauer einer Antwort</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Chronologie</translation>
  </message>
  <message>
   <source>Title of the conversation</source>
   <translation>Titel des Gesprächs</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>Too deep inside others</source>
   <translation>Zu tief in anderen</translation>
  </message>
  <message>
   <source>Too large</source>
   <translation>Zu groß</translation>
  </message>
  <message>
   <source>Too many open files</source>
   <translation>zu viele offene Dateien</translation>
  </message>
  <message>
   <source>Too much inside</source>
   <translation>Zu viel darin</translation>
  </message>
  <message>
   <source>Too short: at least {count} characters.</source>
   <translation>Zu kurz: mindestens {count} Zeichen.</translation>
  </message>
  <message>
   <source>Took too long</source>
   <translation>Dauerte zu lange</translation>
  </message>
  <message>
   <source>Took too much memory</source>
   <translation>Brauchte zu viel Speicher</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Trying it…</source>
   <translation>Wird versucht…</translation>
  </message>
  <message>
   <source>Trying whether it is found…</source>
   <translation>Es wird versucht, ob es gefunden wird…</translation>
  </message>
  <message>
   <source>Twice the context</source>
   <translation>Doppelter Kontext</translation>
  </message>
  <message>
   <source>Two documents can be compared. Take the others away.</source>
   <translation>Vergleichen lassen sich zwei Dokumente. Entfernen Sie die übrigen.</translation>
  </message>
  <message>
   <source>Two documents can be compared; {count} of the library were chosen or named.</source>
   <translation>Zwei Dokumente lassen sich vergleichen; aus der Bibliothek gewählt oder genannt: {count}.</translation>
  </message>
  <message>
   <source>Two documents, word for word</source>
   <translation>Zwei Dokumente, Wort für Wort</translation>
  </message>
  <message>
   <source>Type the passphrase until now.</source>
   <translation>Geben Sie die bisherige Passphrase ein.</translation>
  </message>
  <message>
   <source>Type the passphrase.</source>
   <translation>Geben Sie die Passphrase ein.</translation>
  </message>
  <message>
   <source>Type the password.</source>
   <translation>Geben Sie das Passwort ein.</translation>
  </message>
  <message>
   <source>Type “{word}” to go on.</source>
   <translation>Geben Sie „{word}“ ein, um fortzufahren.</translation>
  </message>
  <message>
   <source>Under an answer, mark it right: the pages that it cites are kept as right ones.</source>
   <translation>Markieren Sie eine Antwort als richtig: Die Seiten, die sie als Beleg nennt, gelten dann als richtig.</translation>
  </message>
  <message>
   <source>Understood as: {question}</source>
   <translation>Verstanden als: {question}</translation>
  </message>
  <message>
   <source>Unfinished downloads, backups of editors and offices, and what programs can make again</source>
   <translation>Unfertige Downloads, Sicherungskopien von Programmen und was Programme neu erzeugen können</translation>
  </message>
  <message>
   <source>Unpack it into a folder, or pack its files as ZIP.</source>
   <translation>Entpacken Sie es in einen Ordner, oder packen Sie die Dateien als ZIP.</translation>
  </message>
  <message>
   <source>Unpack it into a folder, or raise the limits in the settings.</source>
   <translation>Entpacken Sie es in einen Ordner, oder erhöhen Sie die Grenzen in den Einstellungen.</translation>
  </message>
  <message>
   <source>Unpack them into folders, or pack their files as ZIP.</source>
   <translation>Entpacken Sie sie in Ordner, oder packen Sie die Dateien als ZIP.</translation>
  </message>
  <message>
   <source>Unpack what it lies in into a folder.</source>
   <translation>Entpacken Sie das, worin es liegt, in einen Ordner.</translation>
  </message>
  <message>
   <source>Unpack what they lie in into a folder, or leave them out.</source>
   <translation>Entpacken Sie das, worin sie liegen, in einen Ordner, oder lassen Sie sie aus.</translation>
  </message>
  <message>
   <source>Update Strongroom; this version knows schemas up to {known}.</source>
   <translation>Aktualisieren Sie Strongroom; diese Version kennt Schemas bis {known}.</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Use at least {count} characters. Four or five words are easy to remember.</source>
   <translation>Verwenden Sie mindestens {count} Zeichen. Vier oder fünf Wörter sind leicht zu merken.</translation>
  </message>
  <message>
   <source>Use the keyring</source>
   <translation>Schlüsselbund nutzen</translation>
  </message>
  <message>
   <source>Use the keyring…</source>
   <translation>Schlüsselbund nutzen…</translation>
  </message>
  <message>
   <source>Use the sample documents</source>
   <translation>Beispieldokumente verwenden</translation>
  </message>
  <message>
   <source>Values under names, as JSON</source>
   <translation>Benannte Werte als JSON</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Versions and machine, no text of any document</source>
   <translation>Versionen und Rechner, kein Text aus Dokumenten</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Wait until it has finished, or stop it.</source>
   <translation>Warten Sie, bis es fertig ist, oder brechen Sie die Antwort ab.</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>Waiting to be read.</source>
   <translation>Wartet auf das Einlesen.</translation>
  </message>
  <message>
   <source>Weak: the same characters again and again.</source>
   <translation>Schwach: immer wieder dieselben Zeichen.</translation>
  </message>
  <message>
   <source>Web page</source>
   <translation>Webseite</translation>
  </message>
  <message>
   <source>Web pages</source>
   <translation>Webseiten</translation>
  </message>
  <message>
   <source>What a document is, its file name, title and first line say, else its folder and collection; leases count as contracts.</source>
   <translation>Was ein Dokument ist, sagen Dateiname, Titel und erste Zeile, sonst Ordner und Sammlung; Mietverträge zählen als Verträge.</translation>
  </message>
  <message>
   <source>What can be done with {name}</source>
   <translation>Befehle für {name}</translation>
  </message>
  <message>
   <source>What does not fit into so many is left to its weightiest sentences</source>
   <translation>Was nicht hineinpasst, wird auf seine wichtigsten Sätze beschränkt</translation>
  </message>
  <message>
   <source>What does the work</source>
   <translation>Was darin arbeitet</translation>
  </message>
  <message>
   <source>What each document says</source>
   <translation>Was jedes Dokument sagt</translation>
  </message>
  <message>
   <source>What fits the memory of this computer.</source>
   <translation>Was in den Speicher dieses Computers passt.</translation>
  </message>
  <message>
   <source>What is asked for, in columns</source>
   <translation>Das Gefragte in Spalten</translation>
  </message>
  <message>
   <source>What is found is put in order by {model}.</source>
   <translation>Die Treffer ordnet {model}.</translation>
  </message>
  <message>
   <source>What is longer is cut off there</source>
   <translation>Längeres wird dort abgeschnitten</translation>
  </message>
  <message>
   <source>What is read</source>
   <translation>Was gelesen wird</translation>
  </message>
  <message>
   <source>What is “{title}” about?</source>
   <translation>Worum geht es in „{title}“?</translation>
  </message>
  <message>
   <source>What keeps your documents here</source>
   <translation>Warum Ihre Dokumente hier bleiben</translation>
  </message>
  <message>
   <source>What the model has before it at a time, question and answer included</source>
   <translation>Was dem Modell auf einmal vorliegt, samt Frage und Antwort</translation>
  </message>
  <message>
   <source>What was found does not fit the schema: {why}.</source>
   <translation>Was gefunden wurde, passt nicht zum Schema: {why}.</translation>
  </message>
  <message>
   <source>What would change</source>
   <translation>Was sich ändern würde</translation>
  </message>
  <message>
   <source>When the documents do not say</source>
   <translation>Wenn die Dokumente es nicht sagen</translation>
  </message>
  <message>
   <source>Where it is left out</source>
   <translation>Wo es ausgeschlossen wird</translation>
  </message>
  <message>
   <source>Where logs are</source>
   <translation>Ort der Protokolle</translation>
  </message>
  <message>
   <source>Where the processor does the work. More takes longer</source>
   <translation>Wenn der Prozessor rechnet. Mehr dauert länger</translation>
  </message>
  <message>
   <source>Which amounts does “{title}” state?</source>
   <translation>Welche Beträge nennt „{title}“?</translation>
  </message>
  <message>
   <source>Which collections are searched</source>
   <translation>Welche Sammlungen durchsucht werden</translation>
  </message>
  <message>
   <source>Which dates and periods does “{title}” name?</source>
   <translation>Welche Termine und Fristen nennt „{title}“?</translation>
  </message>
  <message>
   <source>Which model answers</source>
   <translation>Welches Modell antwortet</translation>
  </message>
  <message>
   <source>While you work</source>
   <translation>Während Sie arbeiten</translation>
  </message>
  <message>
   <source>Window and engine may be of different versions; install Strongroom again.</source>
   <translation>Fenster und Kern haben womöglich verschiedene Versionen; installieren Sie Strongroom neu.</translation>
  </message>
  <message>
   <source>Window and engine speak through pipes. Nothing waits for a connection.</source>
   <translation>Fenster und Kern sprechen über Pipes. Nichts wartet auf eine Verbindung.</translation>
  </message>
  <message>
   <source>With answers, which takes much longer</source>
   <translation>Mit Antworten, was viel länger dauert</translation>
  </message>
  <message>
   <source>With answers: about {n} min</source>
   <translation>Mit Antworten: etwa {n} min</translation>
  </message>
  <message>
   <source>With answers: about {n} s</source>
   <translation>Mit Antworten: etwa {n} s</translation>
  </message>
  <message>
   <source>Word document</source>
   <translation>Word-Dokument</translation>
  </message>
  <message>
   <source>Words in a source that seem to be meant for a machine: {text}</source>
   <translation>Worte in einer Quelle, die an eine Maschine gerichtet scheinen: {text}</translation>
  </message>
  <message>
   <source>Working hours</source>
   <translation>Arbeitszeit</translation>
  </message>
  <message>
   <source>Working hours begin</source>
   <translation>Beginn der Arbeitszeit</translation>
  </message>
  <message>
   <source>Working hours end</source>
   <translation>Ende der Arbeitszeit</translation>
  </message>
  <message>
   <source>Write a name.</source>
   <translation>Geben Sie einen Namen ein.</translation>
  </message>
  <message>
   <source>Write a question a line, and beside it, after a comma or semicolon, the name of its column if it should have one.</source>
   <translation>Schreiben Sie eine Frage je Zeile und daneben, nach einem Komma oder Semikolon, den Namen ihrer Spalte, falls sie einen haben soll.</translation>
  </message>
  <message>
   <source>Write a question or some words to look for.</source>
   <translation>Geben Sie eine Frage oder einige Suchwörter ein.</translation>
  </message>
  <message>
   <source>Write it like file:lease, type:pdf, after:2023-01-31, before:2024 or in:Contracts.</source>
   <translation>Schreiben Sie ihn wie file:mietvertrag, type:pdf, after:2023-01-31, before:2024 oder in:Verträge.</translation>
  </message>
  <message>
   <source>Write the answer yourself</source>
   <translation>Antwort selbst schreiben</translation>
  </message>
  <message>
   <source>Write the answer yourself…</source>
   <translation>Antwort selbst schreiben…</translation>
  </message>
  <message>
   <source>Writing from {passages}, {time}</source>
   <translation>Schreibt aus {passages}, {time}</translation>
  </message>
  <message>
   <source>Writing, {time}</source>
   <translation>Schreibt, {time}</translation>
  </message>
  <message>
   <source>Written by you.</source>
   <translation>Von Ihnen geschrieben.</translation>
  </message>
  <message>
   <source>Written to {file}.</source>
   <translation>Gespeichert in {file}.</translation>
  </message>
  <message>
   <source>Wrong: keep it in your own question set</source>
   <translation>Falsch: in den eigenen Fragensatz aufnehmen</translation>
  </message>
  <message>
   <source>Wrong: {answer}</source>
   <translation>Falsch: {answer}</translation>
  </message>
  <message>
   <source>Wrote</source>
   <translation>Geschrieben</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Gestern</translation>
  </message>
  <message numerus="yes">
   <source>You can ask already. Answers rest on the {n} documents in the index so far.</source>
   <translation>
    <numerusform>Sie können schon fragen. Antworten beruhen auf bisher {n} Dokument im Index.</numerusform>
    <numerusform>Sie können schon fragen. Antworten beruhen auf bisher {n} Dokumenten im Index.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>You can ask already. Answers rest on the {n} documents read so far.</source>
   <translation>
    <numerusform>Sie können schon fragen. Antworten beruhen auf bisher {n} gelesenen Dokument.</numerusform>
    <numerusform>Sie können schon fragen. Antworten beruhen auf bisher {n} gelesenen Dokumenten.</numerusform>
   </translation>
  </message>
  <message>
   <source>You could ask</source>
   <translation>Mögliche Fragen</translation>
  </message>
  <message>
   <source>Your copy is kept beside it.</source>
   <translation>Ihre Kopie bleibt daneben erhalten.</translation>
  </message>
  <message>
   <source>Your documents are untouched. Rebuild the library ('strongroom rebuild'): it is made anew from them, and conversations are kept.</source>
   <translation>Ihre Dokumente sind unberührt. Bauen Sie die Bibliothek neu auf („strongroom rebuild“): Sie wird aus ihnen neu gemacht, und Gespräche bleiben erhalten.</translation>
  </message>
  <message>
   <source>Your documents can be asked</source>
   <translation>Ihre Dokumente lassen sich befragen</translation>
  </message>
  <message>
   <source>Your own set has no question that can be measured ({judged} judged).</source>
   <translation>Ihr eigener Fragensatz enthält keine messbare Frage ({judged} bewertet).</translation>
  </message>
  <message>
   <source>a PDF document</source>
   <translation>ein PDF-Dokument</translation>
  </message>
  <message>
   <source>a PostScript document</source>
   <translation>ein PostScript-Dokument</translation>
  </message>
  <message>
   <source>a Word document (DOCX)</source>
   <translation>ein Word-Dokument (DOCX)</translation>
  </message>
  <message>
   <source>a Word document from before 1997 (DOC)</source>
   <translation>ein Word-Dokument von vor 1997 (DOC)</translation>
  </message>
  <message>
   <source>a Word document from before 2007 (DOC)</source>
   <translation>ein Word-Dokument aus der Zeit vor 2007 (DOC)</translation>
  </message>
  <message>
   <source>a book (EPUB)</source>
   <translation>ein Buch (EPUB)</translation>
  </message>
  <message>
   <source>a book (FB2)</source>
   <translation>ein Buch (FB2)</translation>
  </message>
  <message>
   <source>a book (Mobipocket)</source>
   <translation>ein Buch (Mobipocket)</translation>
  </message>
  <message>
   <source>a book of Kindle (KFX)</source>
   <translation>ein Kindle-Buch (KFX)</translation>
  </message>
  <message>
   <source>a book of Kindle (Topaz)</source>
   <translation>ein Kindle-Buch (Topaz)</translation>
  </message>
  <message>
   <source>a book with copy protection (DRM)</source>
   <translation>ein Buch mit Kopierschutz (DRM)</translation>
  </message>
  <message>
   <source>a calendar (ICS)</source>
   <translation>ein Kalender (ICS)</translation>
  </message>
  <message>
   <source>a database (SQLite)</source>
   <translation>eine Datenbank (SQLite)</translation>
  </message>
  <message>
   <source>a device</source>
   <translation>ein Gerät</translation>
  </message>
  <message>
   <source>a document of Pages, Numbers or Keynote</source>
   <translation>ein Dokument von Pages, Numbers oder Keynote</translation>
  </message>
  <message>
   <source>a document that lies too deep inside others</source>
   <translation>ein Dokument, das zu tief in anderen liegt</translation>
  </message>
  <message>
   <source>a document without pages</source>
   <translation>ein Dokument ohne Seiten</translation>
  </message>
  <message>
   <source>a drawing (ODG)</source>
   <translation>eine Zeichnung (ODG)</translation>
  </message>
  <message>
   <source>a drawing (SVG)</source>
   <translation>eine Zeichnung (SVG)</translation>
  </message>
  <message>
   <source>a file cannot be deleted</source>
   <translation>eine Datei kann nicht gelöscht werden</translation>
  </message>
  <message>
   <source>a file that is packed in a way that is not read</source>
   <translation>eine Datei, deren Packverfahren nicht gelesen wird</translation>
  </message>
  <message>
   <source>a film (AVI)</source>
   <translation>ein Film (AVI)</translation>
  </message>
  <message>
   <source>a film (MP4)</source>
   <translation>ein Film (MP4)</translation>
  </message>
  <message>
   <source>a film (Matroska)</source>
   <translation>ein Film (Matroska)</translation>
  </message>
  <message>
   <source>a folder</source>
   <translation>ein Ordner</translation>
  </message>
  <message>
   <source>a font (OpenType)</source>
   <translation>eine Schrift (OpenType)</translation>
  </message>
  <message>
   <source>a font (TrueType)</source>
   <translation>eine Schrift (TrueType)</translation>
  </message>
  <message>
   <source>a font (WOFF)</source>
   <translation>eine Schrift (WOFF)</translation>
  </message>
  <message>
   <source>a language model (GGUF)</source>
   <translation>ein Sprachmodell (GGUF)</translation>
  </message>
  <message>
   <source>a line is longer than the limit</source>
   <translation>eine Zeile ist länger als zulässig</translation>
  </message>
  <message>
   <source>a link that leads nowhere</source>
   <translation>eine Verknüpfung, die ins Leere führt</translation>
  </message>
  <message>
   <source>a link that leads out of the folder</source>
   <translation>eine Verknüpfung, die aus dem Ordner hinausführt</translation>
  </message>
  <message>
   <source>a mailbox (MBOX)</source>
   <translation>ein Postfach (MBOX)</translation>
  </message>
  <message>
   <source>a mailbox of Outlook (PST)</source>
   <translation>ein Outlook-Postfach (PST)</translation>
  </message>
  <message>
   <source>a message of Outlook (winmail.dat)</source>
   <translation>eine Outlook-Nachricht (winmail.dat)</translation>
  </message>
  <message>
   <source>a notebook (Jupyter)</source>
   <translation>ein Notizbuch (Jupyter)</translation>
  </message>
  <message>
   <source>a part of it allows nothing</source>
   <translation>ein Teil davon lässt nichts zu</translation>
  </message>
  <message>
   <source>a photograph in a camera's own format (RAW)</source>
   <translation>ein Foto im Format einer Kamera (RAW)</translation>
  </message>
  <message>
   <source>a picture</source>
   <translation>ein Bild</translation>
  </message>
  <message>
   <source>a pipe</source>
   <translation>eine Pipe</translation>
  </message>
  <message>
   <source>a pipe, a socket or a device</source>
   <translation>eine Pipe, ein Socket oder ein Gerät</translation>
  </message>
  <message>
   <source>a presentation (ODP)</source>
   <translation>eine Präsentation (ODP)</translation>
  </message>
  <message>
   <source>a presentation (PPTX)</source>
   <translation>eine Präsentation (PPTX)</translation>
  </message>
  <message>
   <source>a presentation from before 2007 (PPT)</source>
   <translation>eine Präsentation aus der Zeit vor 2007 (PPT)</translation>
  </message>
  <message>
   <source>a printed document (XPS)</source>
   <translation>ein gedrucktes Dokument (XPS)</translation>
  </message>
  <message>
   <source>a program</source>
   <translation>ein Programm</translation>
  </message>
  <message>
   <source>a program (APK)</source>
   <translation>ein Programm (APK)</translation>
  </message>
  <message>
   <source>a program (JAR)</source>
   <translation>ein Programm (JAR)</translation>
  </message>
  <message>
   <source>a program (WebAssembly)</source>
   <translation>ein Programm (WebAssembly)</translation>
  </message>
  <message>
   <source>a quotation mark is not closed</source>
   <translation>ein Anführungszeichen ist nicht geschlossen</translation>
  </message>
  <message>
   <source>a rich text document (RTF)</source>
   <translation>ein Rich-Text-Dokument (RTF)</translation>
  </message>
  <message>
   <source>a saved web page (MHTML)</source>
   <translation>eine gespeicherte Webseite (MHTML)</translation>
  </message>
  <message>
   <source>a scanned document (DjVu)</source>
   <translation>ein gescanntes Dokument (DjVu)</translation>
  </message>
  <message>
   <source>a socket</source>
   <translation>ein Socket</translation>
  </message>
  <message>
   <source>a sound (FLAC)</source>
   <translation>eine Tondatei (FLAC)</translation>
  </message>
  <message>
   <source>a sound (MP3)</source>
   <translation>eine Tondatei (MP3)</translation>
  </message>
  <message>
   <source>a sound (Ogg)</source>
   <translation>eine Tondatei (Ogg)</translation>
  </message>
  <message>
   <source>a sound (WAV)</source>
   <translation>eine Tondatei (WAV)</translation>
  </message>
  <message>
   <source>a sound or a film</source>
   <translation>eine Tondatei oder ein Film</translation>
  </message>
  <message>
   <source>a spreadsheet (ODS)</source>
   <translation>eine Kalkulationstabelle (ODS)</translation>
  </message>
  <message>
   <source>a spreadsheet (XLSB)</source>
   <translation>eine Kalkulationstabelle (XLSB)</translation>
  </message>
  <message>
   <source>a spreadsheet (XLSX)</source>
   <translation>eine Kalkulationstabelle (XLSX)</translation>
  </message>
  <message>
   <source>a spreadsheet from before 2007 (XLS)</source>
   <translation>eine Kalkulationstabelle aus der Zeit vor 2007 (XLS)</translation>
  </message>
  <message>
   <source>a table (Parquet)</source>
   <translation>eine Tabelle (Parquet)</translation>
  </message>
  <message>
   <source>a table as text (CSV)</source>
   <translation>eine Tabelle als Text (CSV)</translation>
  </message>
  <message>
   <source>a text document (ODT)</source>
   <translation>ein Textdokument (ODT)</translation>
  </message>
  <message>
   <source>a web page (HTML)</source>
   <translation>eine Webseite (HTML)</translation>
  </message>
  <message>
   <source>about {n} h left</source>
   <translation>noch etwa {n} h</translation>
  </message>
  <message>
   <source>about {n} min left</source>
   <translation>noch etwa {n} min</translation>
  </message>
  <message>
   <source>all of it fits</source>
   <translation>es passt ganz hinein</translation>
  </message>
  <message numerus="yes">
   <source>also in {n} other places</source>
   <translation>
    <numerusform>auch an {n} anderem Ort</numerusform>
    <numerusform>auch an {n} anderen Orten</numerusform>
   </translation>
  </message>
  <message>
   <source>among the documents chosen</source>
   <translation>unter den gewählten Dokumenten</translation>
  </message>
  <message>
   <source>an Office document from before 2007</source>
   <translation>ein Office-Dokument aus der Zeit vor 2007</translation>
  </message>
  <message>
   <source>an OpenDocument file</source>
   <translation>eine OpenDocument-Datei</translation>
  </message>
  <message>
   <source>an archive (7Z)</source>
   <translation>ein Archiv (7Z)</translation>
  </message>
  <message>
   <source>an archive (ACE)</source>
   <translation>ein Archiv (ACE)</translation>
  </message>
  <message>
   <source>an archive (ARJ)</source>
   <translation>ein Archiv (ARJ)</translation>
  </message>
  <message>
   <source>an archive (BZIP2)</source>
   <translation>ein Archiv (BZIP2)</translation>
  </message>
  <message>
   <source>an archive (CAB)</source>
   <translation>ein Archiv (CAB)</translation>
  </message>
  <message>
   <source>an archive (GZIP)</source>
   <translation>ein Archiv (GZIP)</translation>
  </message>
  <message>
   <source>an archive (LHA)</source>
   <translation>ein Archiv (LHA)</translation>
  </message>
  <message>
   <source>an archive (RAR)</source>
   <translation>ein Archiv (RAR)</translation>
  </message>
  <message>
   <source>an archive (TAR)</source>
   <translation>ein Archiv (TAR)</translation>
  </message>
  <message>
   <source>an archive (XZ)</source>
   <translation>ein Archiv (XZ)</translation>
  </message>
  <message>
   <source>an archive (ZIP)</source>
   <translation>ein Archiv (ZIP)</translation>
  </message>
  <message>
   <source>an archive (ZSTD)</source>
   <translation>ein Archiv (ZSTD)</translation>
  </message>
  <message>
   <source>an email message (EML)</source>
   <translation>eine E-Mail (EML)</translation>
  </message>
  <message>
   <source>an email message (MSG)</source>
   <translation>eine E-Mail (MSG)</translation>
  </message>
  <message>
   <source>an encrypted Office document</source>
   <translation>ein verschlüsseltes Office-Dokument</translation>
  </message>
  <message>
   <source>an icon (ICO)</source>
   <translation>ein Symbol (ICO)</translation>
  </message>
  <message>
   <source>an image (AVIF)</source>
   <translation>ein Bild (AVIF)</translation>
  </message>
  <message>
   <source>an image (BMP)</source>
   <translation>ein Bild (BMP)</translation>
  </message>
  <message>
   <source>an image (GIF)</source>
   <translation>ein Bild (GIF)</translation>
  </message>
  <message>
   <source>an image (HEIC)</source>
   <translation>ein Bild (HEIC)</translation>
  </message>
  <message>
   <source>an image (JPEG 2000)</source>
   <translation>ein Bild (JPEG 2000)</translation>
  </message>
  <message>
   <source>an image (JPEG XL)</source>
   <translation>ein Bild (JPEG XL)</translation>
  </message>
  <message>
   <source>an image (JPEG)</source>
   <translation>ein Bild (JPEG)</translation>
  </message>
  <message>
   <source>an image (PNG)</source>
   <translation>ein Bild (PNG)</translation>
  </message>
  <message>
   <source>an image (Photoshop)</source>
   <translation>ein Bild (Photoshop)</translation>
  </message>
  <message>
   <source>an image (TIFF)</source>
   <translation>ein Bild (TIFF)</translation>
  </message>
  <message>
   <source>an image (WebP)</source>
   <translation>ein Bild (WebP)</translation>
  </message>
  <message>
   <source>an image of a disc (ISO)</source>
   <translation>das Abbild eines Datenträgers (ISO)</translation>
  </message>
  <message numerus="yes">
   <source>and {n} more</source>
   <translation>
    <numerusform>und {n} weiterer</numerusform>
    <numerusform>und {n} weitere</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>and {n} versions</source>
   <translation>
    <numerusform>und {n} Fassung</numerusform>
    <numerusform>und {n} Fassungen</numerusform>
   </translation>
  </message>
  <message>
   <source>another program holds the library</source>
   <translation>ein anderes Programm hält die Bibliothek fest</translation>
  </message>
  <message>
   <source>as before</source>
   <translation>wie zuvor</translation>
  </message>
  <message>
   <source>at {clock}</source>
   <translation>bei {clock}</translation>
  </message>
  <message>
   <source>attachment</source>
   <translation>Anhang</translation>
  </message>
  <message>
   <source>attachment {name}</source>
   <translation>Anhang {name}</translation>
  </message>
  <message>
   <source>attachment {number}</source>
   <translation>Anhang {number}</translation>
  </message>
  <message>
   <source>attachments that the mail program keeps outside the message</source>
   <translation>Anhänge, die das Mailprogramm außerhalb der Nachricht aufbewahrt</translation>
  </message>
  <message>
   <source>author, year, amount, or a JSON Schema</source>
   <translation>Autor, Jahr, Betrag oder ein JSON-Schema</translation>
  </message>
  <message>
   <source>before {day}</source>
   <translation>vor dem {day}</translation>
  </message>
  <message>
   <source>better than before</source>
   <translation>besser als zuvor</translation>
  </message>
  <message>
   <source>by words so far</source>
   <translation>bisher nur Wörter</translation>
  </message>
  <message>
   <source>cell {number}</source>
   <translation>Zelle {number}</translation>
  </message>
  <message>
   <source>cells {numbers}</source>
   <translation>Zellen {numbers}</translation>
  </message>
  <message>
   <source>changed {moment}</source>
   <translation>geändert {moment}</translation>
  </message>
  <message>
   <source>chapter {name}</source>
   <translation>Kapitel {name}</translation>
  </message>
  <message>
   <source>charts; the figures they show stand in cells</source>
   <translation>Diagramme; ihre Zahlen stehen in Zellen</translation>
  </message>
  <message>
   <source>check</source>
   <translation>prüfen</translation>
  </message>
  <message>
   <source>cited</source>
   <translation>zitiert</translation>
  </message>
  <message>
   <source>columns whose numbers or dates can be read in two ways, and are kept as text</source>
   <translation>Spalten, deren Zahlen oder Daten sich zweierlei lesen lassen und die deshalb Text bleiben</translation>
  </message>
  <message>
   <source>contact {name}</source>
   <translation>Kontakt {name}</translation>
  </message>
  <message>
   <source>contacts (VCF)</source>
   <translation>Kontakte (VCF)</translation>
  </message>
  <message numerus="yes">
   <source>contracts</source>
   <translation>
    <numerusform>Vertrag</numerusform>
    <numerusform>Verträge</numerusform>
   </translation>
  </message>
  <message>
   <source>conversations</source>
   <translation>Gespräche</translation>
  </message>
  <message>
   <source>copies of data behind pivot tables</source>
   <translation>Kopien von Daten hinter Pivot-Tabellen</translation>
  </message>
  <message>
   <source>d MMM</source>
   <translation>d. MMM</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>d. MMM yyyy</translation>
  </message>
  <message>
   <source>d MMMM yyyy</source>
   <translation>d. MMMM yyyy</translation>
  </message>
  <message>
   <source>data (JSON)</source>
   <translation>Daten (JSON)</translation>
  </message>
  <message>
   <source>data (XML)</source>
   <translation>Daten (XML)</translation>
  </message>
  <message>
   <source>data without text</source>
   <translation>Daten ohne Text</translation>
  </message>
  <message>
   <source>data without text ({suffix})</source>
   <translation>Daten ohne Text ({suffix})</translation>
  </message>
  <message>
   <source>dated {when}</source>
   <translation>mit Datum {when}</translation>
  </message>
  <message numerus="yes">
   <source>deeds</source>
   <translation>
    <numerusform>Urkunde</numerusform>
    <numerusform>Urkunden</numerusform>
   </translation>
  </message>
  <message>
   <source>digital signatures, which are not checked</source>
   <translation>digitale Unterschriften, die nicht geprüft werden</translation>
  </message>
  <message>
   <source>dividing {name} into passages, {n} %</source>
   <translation>{name} wird in Textstellen geteilt, {n} %</translation>
  </message>
  <message numerus="yes">
   <source>documents</source>
   <translation>
    <numerusform>Dokument</numerusform>
    <numerusform>Dokumente</numerusform>
   </translation>
  </message>
  <message>
   <source>documents inside it beyond the limit</source>
   <translation>Dokumente darin jenseits der Grenze</translation>
  </message>
  <message>
   <source>documents inside it that are damaged</source>
   <translation>Dokumente darin, die beschädigt sind</translation>
  </message>
  <message>
   <source>documents inside it that you left out</source>
   <translation>Dokumente darin, die Sie ausgelassen haben</translation>
  </message>
  <message>
   <source>does not answer</source>
   <translation>antwortet nicht</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>eight</source>
   <translation>acht</translation>
  </message>
  <message>
   <source>eleven</source>
   <translation>elf</translation>
  </message>
  <message>
   <source>entries that are damaged</source>
   <translation>Einträge, die beschädigt sind</translation>
  </message>
  <message>
   <source>entry {number}</source>
   <translation>Eintrag {number}</translation>
  </message>
  <message>
   <source>erase</source>
   <translation>entfernen</translation>
  </message>
  <message>
   <source>event of {day}</source>
   <translation>Termin vom {day}</translation>
  </message>
  <message>
   <source>event {name}</source>
   <translation>Termin {name}</translation>
  </message>
  <message>
   <source>exit code {code}</source>
   <translation>Exitcode {code}</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>field {name}</source>
   <translation>Feld {name}</translation>
  </message>
  <message>
   <source>figures of quality</source>
   <translation>Qualitätszahlen</translation>
  </message>
  <message>
   <source>files inside it that cannot be opened</source>
   <translation>Dateien darin, die sich nicht öffnen lassen</translation>
  </message>
  <message>
   <source>files last changed {when}</source>
   <translation>Dateien mit letzter Änderung {when}</translation>
  </message>
  <message numerus="yes">
   <source>filings</source>
   <translation>
    <numerusform>Einreichung</numerusform>
    <numerusform>Einreichungen</numerusform>
   </translation>
  </message>
  <message>
   <source>fingerprint {hash}</source>
   <translation>Fingerabdruck {hash}</translation>
  </message>
  <message>
   <source>five</source>
   <translation>fünf</translation>
  </message>
  <message>
   <source>folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>forms that only Adobe's programs build (XFA)</source>
   <translation>Formulare, die nur Programme von Adobe aufbauen (XFA)</translation>
  </message>
  <message>
   <source>formulas whose results are not saved in the file</source>
   <translation>Formeln, deren Ergebnisse nicht in der Datei gespeichert sind</translation>
  </message>
  <message>
   <source>four</source>
   <translation>vier</translation>
  </message>
  <message>
   <source>from all collections</source>
   <translation>aus allen Sammlungen</translation>
  </message>
  <message>
   <source>from its makers</source>
   <translation>vom Hersteller</translation>
  </message>
  <message>
   <source>from {day} to {last_day}</source>
   <translation>vom {day} bis zum {last_day}</translation>
  </message>
  <message numerus="yes">
   <source>from {n} documents</source>
   <translation>
    <numerusform>aus {n} Dokument</numerusform>
    <numerusform>aus {n} Dokumenten</numerusform>
   </translation>
  </message>
  <message>
   <source>from {n} of {collections}</source>
   <translation>aus {n} von {collections}</translation>
  </message>
  <message>
   <source>from {published} on Hugging Face</source>
   <translation>von {published} auf Hugging Face</translation>
  </message>
  <message>
   <source>from “{name}”</source>
   <translation>von „{name}“</translation>
  </message>
  <message>
   <source>hard to read</source>
   <translation>schwer zu lesen</translation>
  </message>
  <message>
   <source>in every collection</source>
   <translation>in jeder Sammlung</translation>
  </message>
  <message>
   <source>in the collection {name}</source>
   <translation>in der Sammlung {name}</translation>
  </message>
  <message>
   <source>in the index</source>
   <translation>im Index</translation>
  </message>
  <message>
   <source>in the whole library</source>
   <translation>in der ganzen Bibliothek</translation>
  </message>
  <message>
   <source>in what the filters leave of the library</source>
   <translation>im gefilterten Teil der Bibliothek</translation>
  </message>
  <message>
   <source>in {collections}</source>
   <translation>in {collections}</translation>
  </message>
  <message>
   <source>in {time}</source>
   <translation>in {time}</translation>
  </message>
  <message numerus="yes">
   <source>invoices</source>
   <translation>
    <numerusform>Rechnung</numerusform>
    <numerusform>Rechnungen</numerusform>
   </translation>
  </message>
  <message>
   <source>it allows too many different answers</source>
   <translation>es lässt zu viele verschiedene Antworten zu</translation>
  </message>
  <message>
   <source>it cannot be locked</source>
   <translation>das Sperren ist fehlgeschlagen</translation>
  </message>
  <message>
   <source>it cannot be made</source>
   <translation>das Anlegen ist fehlgeschlagen</translation>
  </message>
  <message>
   <source>it cannot be read</source>
   <translation>sie ist nicht lesbar</translation>
  </message>
  <message>
   <source>it cannot be written</source>
   <translation>dort lässt sich nicht schreiben</translation>
  </message>
  <message>
   <source>it does not have the structure of XML</source>
   <translation>sie ist nicht wie XML aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of a PDF</source>
   <translation>ihr fehlt der Aufbau einer PDF-Datei</translation>
  </message>
  <message>
   <source>it does not have the structure of a Word document</source>
   <translation>ihr fehlt der Aufbau eines Word-Dokuments</translation>
  </message>
  <message>
   <source>it does not have the structure of a book</source>
   <translation>sie ist nicht wie ein Buch aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of a notebook</source>
   <translation>sie ist nicht wie ein Notizbuch aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of a presentation</source>
   <translation>sie ist nicht wie eine Präsentation aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of a spreadsheet</source>
   <translation>sie ist nicht wie eine Tabelle aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of a web page</source>
   <translation>ihr fehlt der Aufbau einer Webseite</translation>
  </message>
  <message>
   <source>it does not have the structure of an OpenDocument file</source>
   <translation>sie ist nicht wie eine OpenDocument-Datei aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of an XPS document</source>
   <translation>sie ist nicht wie ein XPS-Dokument aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of an image</source>
   <translation>sie ist nicht wie ein Bild aufgebaut</translation>
  </message>
  <message>
   <source>it does not have the structure of subtitles</source>
   <translation>sie ist nicht wie Untertitel aufgebaut</translation>
  </message>
  <message>
   <source>it does not hold a key</source>
   <translation>sie enthält keinen Schlüssel</translation>
  </message>
  <message>
   <source>it does not hold a key of 64 hexadecimal digits</source>
   <translation>sie enthält keinen Schlüssel aus 64 Hexadezimalziffern</translation>
  </message>
  <message>
   <source>it does not put an answer above a passage about something else</source>
   <translation>er stellt eine Antwort nicht über eine Textstelle zu etwas anderem</translation>
  </message>
  <message>
   <source>it gives vectors and no score: it is an embedding model</source>
   <translation>er liefert Vektoren statt eines Werts; er ist ein Einbettungsmodell</translation>
  </message>
  <message>
   <source>it gives {n} numbers for a pair and not one score: it is a classifier</source>
   <translation>er liefert {n} Zahlen je Paar statt eines Werts; er ist ein Klassifikator</translation>
  </message>
  <message>
   <source>it has more than {n} parts</source>
   <translation>es hat mehr als {n} Teile</translation>
  </message>
  <message>
   <source>it has no page {page} any more</source>
   <translation>sie hat keine Seite {page} mehr</translation>
  </message>
  <message>
   <source>it has no pages</source>
   <translation>sie hat keine Seiten</translation>
  </message>
  <message>
   <source>it has {n} characters</source>
   <translation>sie hat {n} Zeichen</translation>
  </message>
  <message>
   <source>it has {n} pages, and no page {page}</source>
   <translation>ihre Seitenzahl ist {n}, eine Seite {page} gibt es nicht</translation>
  </message>
  <message>
   <source>it has {n} questions; {total} can be asked</source>
   <translation>es sind {n} Fragen; möglich sind {total}</translation>
  </message>
  <message>
   <source>it holds other files</source>
   <translation>dort liegen andere Dateien</translation>
  </message>
  <message>
   <source>it holds what cannot be written as a grammar</source>
   <translation>es enthält etwas, das sich nicht als Grammatik schreiben lässt</translation>
  </message>
  <message>
   <source>it is a folder</source>
   <translation>das ist ein Ordner</translation>
  </message>
  <message>
   <source>it is cut off or broken, and cannot be shown</source>
   <translation>sie ist abgeschnitten oder beschädigt und kann nicht gezeigt werden</translation>
  </message>
  <message>
   <source>it is cut off or broken, and nothing in it can be read</source>
   <translation>sie ist abgeschnitten oder beschädigt, und nichts darin ist lesbar</translation>
  </message>
  <message>
   <source>it is longer than {n} characters</source>
   <translation>es ist länger als {n} Zeichen</translation>
  </message>
  <message>
   <source>it is nested deeper than {n} levels</source>
   <translation>es ist tiefer als {n} Ebenen verschachtelt</translation>
  </message>
  <message>
   <source>it is no text; save the table as CSV</source>
   <translation>die Datei ist kein Text; speichern Sie die Tabelle als CSV</translation>
  </message>
  <message>
   <source>it is not JSON ({report})</source>
   <translation>es ist kein JSON ({report})</translation>
  </message>
  <message>
   <source>it is not a GGUF file</source>
   <translation>das ist keine GGUF-Datei</translation>
  </message>
  <message>
   <source>it is not a JSON object</source>
   <translation>es ist kein JSON-Objekt</translation>
  </message>
  <message>
   <source>it is not in the folder</source>
   <translation>sie liegt nicht im Ordner</translation>
  </message>
  <message>
   <source>it is not in the library or has no text</source>
   <translation>sie ist nicht in der Bibliothek oder enthält keinen Text</translation>
  </message>
  <message>
   <source>it is not on this computer</source>
   <translation>es ist nicht auf diesem Computer</translation>
  </message>
  <message>
   <source>it is still locked</source>
   <translation>sie ist noch gesperrt</translation>
  </message>
  <message>
   <source>it is too large for a list of questions</source>
   <translation>die Datei ist zu groß für eine Fragenliste</translation>
  </message>
  <message>
   <source>it names no fields, not 1 to {n}</source>
   <translation>es nennt keine Felder statt 1 bis {n}</translation>
  </message>
  <message>
   <source>it names {total} fields, not 1 to {n}</source>
   <translation>es nennt {total} Felder statt 1 bis {n}</translation>
  </message>
  <message>
   <source>it pools by {pooling}, not by mean</source>
   <translation>sein Pooling ist {pooling}, nicht mean</translation>
  </message>
  <message>
   <source>it refers to itself without end</source>
   <translation>es verweist endlos auf sich selbst</translation>
  </message>
  <message>
   <source>it refers to itself, or is nested deeper than {n} levels</source>
   <translation>es verweist auf sich selbst oder ist tiefer als {n} Ebenen verschachtelt</translation>
  </message>
  <message>
   <source>it refers to something outside itself</source>
   <translation>es verweist auf etwas außerhalb seiner selbst</translation>
  </message>
  <message>
   <source>it replied to another question</source>
   <translation>Antwort auf eine andere Anfrage</translation>
  </message>
  <message>
   <source>it says nothing about what is wanted</source>
   <translation>es sagt nichts darüber, was gewünscht ist</translation>
  </message>
  <message>
   <source>it took more than {n} seconds</source>
   <translation>es dauerte länger als {n} Sekunden</translation>
  </message>
  <message>
   <source>it was made with a key file</source>
   <translation>sie wurde mit einer Schlüsseldatei angelegt</translation>
  </message>
  <message>
   <source>it was made with a key file, and none is named</source>
   <translation>sie wurde mit einer Schlüsseldatei angelegt, und keine ist genannt</translation>
  </message>
  <message>
   <source>its answer could not be understood</source>
   <translation>die Antwort war nicht zu verstehen</translation>
  </message>
  <message>
   <source>its archive is cut off or broken</source>
   <translation>ihr Archiv ist abgeschnitten oder beschädigt</translation>
  </message>
  <message>
   <source>its chat template cannot be used</source>
   <translation>ihre Chat-Vorlage ist nicht verwendbar</translation>
  </message>
  <message>
   <source>its chat template leaves out messages</source>
   <translation>ihre Chat-Vorlage lässt Nachrichten aus</translation>
  </message>
  <message>
   <source>its database cannot be opened</source>
   <translation>ihre Datenbank lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>its database cannot be read</source>
   <translation>ihre Datenbank ist nicht lesbar</translation>
  </message>
  <message>
   <source>its database is not what it was</source>
   <translation>ihre Datenbank ist nicht mehr, was sie war</translation>
  </message>
  <message>
   <source>its database is read-only</source>
   <translation>ihre Datenbank ist schreibgeschützt</translation>
  </message>
  <message>
   <source>its elements are nested too deeply</source>
   <translation>ihre Elemente sind zu tief verschachtelt</translation>
  </message>
  <message>
   <source>its file is incomplete ({done} of {total} bytes)</source>
   <translation>die Datei ist unvollständig ({done} von {total} Bytes)</translation>
  </message>
  <message>
   <source>its folder cannot be written</source>
   <translation>ihr Ordner ist nicht beschreibbar</translation>
  </message>
  <message>
   <source>its folder is not there</source>
   <translation>der Ordner ist nicht da</translation>
  </message>
  <message>
   <source>its folder is read-only, and what was indexed last is not in its place yet</source>
   <translation>ihr Ordner ist schreibgeschützt, und das zuletzt Eingelesene ist noch nicht an seinem Platz</translation>
  </message>
  <message>
   <source>its graph cannot read pairs of texts of any length</source>
   <translation>sein Graph kann keine Textpaare beliebiger Länge lesen</translation>
  </message>
  <message>
   <source>its graph does not load; it is damaged</source>
   <translation>sein Graph lässt sich nicht laden; er ist beschädigt</translation>
  </message>
  <message>
   <source>its graph wants '{input}', which is not of a cross-encoder for texts</source>
   <translation>sein Graph verlangt „{input}“, was nicht zu einem Cross-Encoder für Texte gehört</translation>
  </message>
  <message>
   <source>its name ends in none of .md, .html, .pdf and .docx</source>
   <translation>ihr Name endet nicht auf .md, .html, .pdf oder .docx</translation>
  </message>
  <message>
   <source>its name ends neither in .csv nor in .xlsx</source>
   <translation>ihr Name endet weder auf .csv noch auf .xlsx</translation>
  </message>
  <message>
   <source>its name says that it is {claimed}, and it is {found}</source>
   <translation>dem Namen nach ist sie {claimed}, dem Inhalt nach {found}</translation>
  </message>
  <message>
   <source>its process crashed ({signal})</source>
   <translation>der Prozess ist abgestürzt ({signal})</translation>
  </message>
  <message>
   <source>its process ended by itself (exit code {code})</source>
   <translation>der Prozess hat sich von selbst beendet (Exitcode {code})</translation>
  </message>
  <message>
   <source>its process was ended by signal {signal}</source>
   <translation>der Prozess wurde durch Signal {signal} beendet</translation>
  </message>
  <message>
   <source>its reply could not be understood</source>
   <translation>Antwort nicht zu verstehen</translation>
  </message>
  <message>
   <source>its scores are no numbers</source>
   <translation>seine Werte sind keine Zahlen</translation>
  </message>
  <message>
   <source>its {name} is missing</source>
   <translation>ihre Datei {name} fehlt</translation>
  </message>
  <message>
   <source>key file</source>
   <translation>Schlüsseldatei</translation>
  </message>
  <message>
   <source>languages unknown</source>
   <translation>Sprachen unbekannt</translation>
  </message>
  <message>
   <source>last changed {when}</source>
   <translation>mit letzter Änderung {when}</translation>
  </message>
  <message>
   <source>later</source>
   <translation>später</translation>
  </message>
  <message numerus="yes">
   <source>leases</source>
   <translation>
    <numerusform>Mietvertrag</numerusform>
    <numerusform>Mietverträge</numerusform>
   </translation>
  </message>
  <message>
   <source>less than a minute left</source>
   <translation>noch weniger als eine Minute</translation>
  </message>
  <message numerus="yes">
   <source>letters</source>
   <translation>
    <numerusform>Brief</numerusform>
    <numerusform>Briefe</numerusform>
   </translation>
  </message>
  <message>
   <source>licence unknown</source>
   <translation>Lizenz unbekannt</translation>
  </message>
  <message>
   <source>line {line}: {why}</source>
   <translation>Zeile {line}: {why}</translation>
  </message>
  <message>
   <source>line {number}</source>
   <translation>Zeile {number}</translation>
  </message>
  <message>
   <source>lines {numbers}</source>
   <translation>Zeilen {numbers}</translation>
  </message>
  <message>
   <source>llama.cpp cannot make a grammar of it</source>
   <translation>llama.cpp kann daraus keine Grammatik bilden</translation>
  </message>
  <message>
   <source>llama.cpp does not accept it; it is damaged, or too new a kind</source>
   <translation>llama.cpp nimmt sie nicht an; sie ist beschädigt oder von zu neuer Art</translation>
  </message>
  <message>
   <source>llama.cpp reported: {report}</source>
   <translation>llama.cpp meldet: {report}</translation>
  </message>
  <message>
   <source>macros, which are never run</source>
   <translation>Makros, die nie ausgeführt werden</translation>
  </message>
  <message numerus="yes">
   <source>mails</source>
   <translation>
    <numerusform>E-Mail</numerusform>
    <numerusform>E-Mails</numerusform>
   </translation>
  </message>
  <message>
   <source>mails from {name}</source>
   <translation>E-Mails von {name}</translation>
  </message>
  <message>
   <source>may hold errors</source>
   <translation>kann Fehler enthalten</translation>
  </message>
  <message numerus="yes">
   <source>memos</source>
   <translation>
    <numerusform>Vermerk</numerusform>
    <numerusform>Vermerke</numerusform>
   </translation>
  </message>
  <message>
   <source>menus and other parts around the text</source>
   <translation>Menüs und andere Teile um den Text herum</translation>
  </message>
  <message>
   <source>message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>message of {day}</source>
   <translation>Nachricht vom {day}</translation>
  </message>
  <message>
   <source>messages that were deleted in the mail program and are still in the file</source>
   <translation>Nachrichten, die im Mailprogramm gelöscht wurden und noch in der Datei stehen</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>Protokolle</translation>
  </message>
  <message>
   <source>next</source>
   <translation>als Nächstes</translation>
  </message>
  <message>
   <source>nine</source>
   <translation>neun</translation>
  </message>
  <message>
   <source>no</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>no GPU was found</source>
   <translation>keine GPU gefunden</translation>
  </message>
  <message>
   <source>no source</source>
   <translation>ohne Beleg</translation>
  </message>
  <message>
   <source>nobody can be asked for a passphrase</source>
   <translation>niemand kann nach einer Passphrase gefragt werden</translation>
  </message>
  <message>
   <source>none of its pages can be read</source>
   <translation>keine ihrer Seiten ist lesbar</translation>
  </message>
  <message>
   <source>not in the sources: {what}</source>
   <translation>nicht in den Quellen: {what}</translation>
  </message>
  <message>
   <source>not searched</source>
   <translation>nicht durchsucht</translation>
  </message>
  <message>
   <source>not there now</source>
   <translation>zurzeit nicht da</translation>
  </message>
  <message>
   <source>note</source>
   <translation>Anmerkung</translation>
  </message>
  <message>
   <source>note by {name}</source>
   <translation>Anmerkung von {name}</translation>
  </message>
  <message>
   <source>notes</source>
   <translation>Notizen</translation>
  </message>
  <message>
   <source>of type {name}</source>
   <translation>vom Typ {name}</translation>
  </message>
  <message numerus="yes">
   <source>of {n} chapters</source>
   <translation>
    <numerusform>von {n} Kapitel</numerusform>
    <numerusform>von {n} Kapiteln</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>of {n} messages</source>
   <translation>
    <numerusform>von {n} Nachricht</numerusform>
    <numerusform>von {n} Nachrichten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>of {n} sheets</source>
   <translation>
    <numerusform>von {n} Tabellenblatt</numerusform>
    <numerusform>von {n} Tabellenblättern</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>of {n} slides</source>
   <translation>
    <numerusform>von {n} Folie</numerusform>
    <numerusform>von {n} Folien</numerusform>
   </translation>
  </message>
  <message>
   <source>of {pages}</source>
   <translation>von {pages}</translation>
  </message>
  <message numerus="yes">
   <source>offers</source>
   <translation>
    <numerusform>Angebot</numerusform>
    <numerusform>Angebote</numerusform>
   </translation>
  </message>
  <message>
   <source>on a drive that is not here now</source>
   <translation>auf einem Laufwerk, das gerade nicht da ist</translation>
  </message>
  <message>
   <source>on {day}</source>
   <translation>vom {day}</translation>
  </message>
  <message>
   <source>on {day} or later</source>
   <translation>ab dem {day}</translation>
  </message>
  <message>
   <source>one</source>
   <translation>eine</translation>
  </message>
  <message>
   <source>open</source>
   <translation>öffnen</translation>
  </message>
  <message>
   <source>p. {pages}</source>
   <translation>S. {pages}</translation>
  </message>
  <message>
   <source>p. {page}</source>
   <translation>S. {page}</translation>
  </message>
  <message>
   <source>page {page}</source>
   <translation>Seite {page}</translation>
  </message>
  <message>
   <source>pages of “{name}”</source>
   <translation>Seiten von „{name}“</translation>
  </message>
  <message>
   <source>pages that are damaged</source>
   <translation>Seiten, die beschädigt sind</translation>
  </message>
  <message>
   <source>pages that are pictures, in which no text could be recognised</source>
   <translation>Seiten aus Bildern, in denen kein Text erkannt werden konnte</translation>
  </message>
  <message>
   <source>pages that are pictures; text recognition is turned off</source>
   <translation>Seiten aus Bildern; die Texterkennung ist ausgeschaltet</translation>
  </message>
  <message numerus="yes">
   <source>papers</source>
   <translation>
    <numerusform>Aufsatz</numerusform>
    <numerusform>Aufsätze</numerusform>
   </translation>
  </message>
  <message>
   <source>parts that lie on the network, which is never asked</source>
   <translation>Teile, die im Netz liegen, das nie gefragt wird</translation>
  </message>
  <message>
   <source>passphrase</source>
   <translation>Passphrase</translation>
  </message>
  <message>
   <source>passwords</source>
   <translation>Passwörter</translation>
  </message>
  <message>
   <source>paused by you</source>
   <translation>von Ihnen angehalten</translation>
  </message>
  <message>
   <source>paused until the hours that were set</source>
   <translation>angehalten bis zur festgelegten Zeit</translation>
  </message>
  <message>
   <source>paused while on battery</source>
   <translation>angehalten im Akkubetrieb</translation>
  </message>
  <message>
   <source>permission denied</source>
   <translation>Zugriff verweigert</translation>
  </message>
  <message>
   <source>pictures, whose text is not recognised</source>
   <translation>Bilder, deren Text nicht erkannt wird</translation>
  </message>
  <message>
   <source>plain text</source>
   <translation>reiner Text</translation>
  </message>
  <message numerus="yes">
   <source>policies</source>
   <translation>
    <numerusform>Richtlinie</numerusform>
    <numerusform>Richtlinien</numerusform>
   </translation>
  </message>
  <message>
   <source>pp. {pages}</source>
   <translation>S. {pages}</translation>
  </message>
  <message>
   <source>preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <source>quicker than before</source>
   <translation>schneller als zuvor</translation>
  </message>
  <message>
   <source>quote</source>
   <translation>Zitat</translation>
  </message>
  <message>
   <source>reStructuredText</source>
   <translation>reStructuredText</translation>
  </message>
  <message>
   <source>read clearly</source>
   <translation>deutlich gelesen</translation>
  </message>
  <message>
   <source>read, not cited</source>
   <translation>gelesen, nicht zitiert</translation>
  </message>
  <message>
   <source>reading {name} for {n} min</source>
   <translation>liest {name} seit {n} min</translation>
  </message>
  <message>
   <source>reading {name} for {n} s</source>
   <translation>liest {name} seit {n} s</translation>
  </message>
  <message numerus="yes">
   <source>reports</source>
   <translation>
    <numerusform>Bericht</numerusform>
    <numerusform>Berichte</numerusform>
   </translation>
  </message>
  <message>
   <source>review grids</source>
   <translation>Prüftabellen</translation>
  </message>
  <message>
   <source>right</source>
   <translation>richtig</translation>
  </message>
  <message>
   <source>row {number}</source>
   <translation>Zeile {number}</translation>
  </message>
  <message>
   <source>rows beyond the limit</source>
   <translation>Zeilen jenseits der Grenze</translation>
  </message>
  <message>
   <source>rows {numbers}</source>
   <translation>Zeilen {numbers}</translation>
  </message>
  <message>
   <source>searched</source>
   <translation>durchsucht</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>seven</source>
   <translation>sieben</translation>
  </message>
  <message>
   <source>sheet {name}</source>
   <translation>Blatt {name}</translation>
  </message>
  <message>
   <source>six</source>
   <translation>sechs</translation>
  </message>
  <message>
   <source>skipped</source>
   <translation>übersprungen</translation>
  </message>
  <message>
   <source>slide {number}</source>
   <translation>Folie {number}</translation>
  </message>
  <message>
   <source>slides {numbers}</source>
   <translation>Folien {numbers}</translation>
  </message>
  <message>
   <source>slower than before</source>
   <translation>langsamer als zuvor</translation>
  </message>
  <message>
   <source>small pictures in the text, such as logos</source>
   <translation>kleine Bilder im Text, etwa Logos</translation>
  </message>
  <message>
   <source>something else</source>
   <translation>etwas anderes</translation>
  </message>
  <message>
   <source>source code</source>
   <translation>Quelltext</translation>
  </message>
  <message>
   <source>sources</source>
   <translation>Quellen</translation>
  </message>
  <message>
   <source>started {time}</source>
   <translation>seit {time}</translation>
  </message>
  <message numerus="yes">
   <source>statements</source>
   <translation>
    <numerusform>Auszug</numerusform>
    <numerusform>Auszüge</numerusform>
   </translation>
  </message>
  <message>
   <source>stops</source>
   <translation>bricht ab</translation>
  </message>
  <message>
   <source>storing the passages of {name}</source>
   <translation>die Textstellen von {name} werden gespeichert</translation>
  </message>
  <message>
   <source>subtitles</source>
   <translation>Untertitel</translation>
  </message>
  <message>
   <source>ten</source>
   <translation>zehn</translation>
  </message>
  <message>
   <source>text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>text that is encrypted for its recipient; the mail program can save it decrypted</source>
   <translation>Text, der für seinen Empfänger verschlüsselt ist; das Mailprogramm kann ihn entschlüsselt speichern</translation>
  </message>
  <message>
   <source>that could not be read</source>
   <translation>(nicht lesbar)</translation>
  </message>
  <message>
   <source>that failed</source>
   <translation>(fehlgeschlagen)</translation>
  </message>
  <message>
   <source>that wait to be read</source>
   <translation>(wartend)</translation>
  </message>
  <message>
   <source>that were skipped</source>
   <translation>(übersprungen)</translation>
  </message>
  <message>
   <source>the collection {name}</source>
   <translation>der Sammlung {name}</translation>
  </message>
  <message>
   <source>the disk is full</source>
   <translation>der Datenträger ist voll</translation>
  </message>
  <message>
   <source>the last {left} of its text; the limit is {size}, which can be raised in the settings</source>
   <translation>die letzten {left} des Textes; die Grenze ist {size} und lässt sich in den Einstellungen anheben</translation>
  </message>
  <message>
   <source>the library cannot be written</source>
   <translation>die Bibliothek kann nicht beschrieben werden</translation>
  </message>
  <message>
   <source>the library is damaged</source>
   <translation>die Bibliothek ist beschädigt</translation>
  </message>
  <message>
   <source>the model condensed the {n} sentences that say most</source>
   <translation>das Modell hat die {n} wichtigsten Sätze zusammengefasst</translation>
  </message>
  <message>
   <source>the model condensed {done} of the {n} sentences that say most</source>
   <translation>das Modell hat {done} der {n} wichtigsten Sätze zusammengefasst</translation>
  </message>
  <message>
   <source>the passphrase is empty</source>
   <translation>die Passphrase ist leer</translation>
  </message>
  <message>
   <source>the question is missing</source>
   <translation>die Frage fehlt</translation>
  </message>
  <message>
   <source>the quote does not stand in its text</source>
   <translation>das Zitat steht nicht in ihrem Text</translation>
  </message>
  <message>
   <source>the quote does not stand in page {page}</source>
   <translation>das Zitat steht nicht auf Seite {page}</translation>
  </message>
  <message>
   <source>the system ended its process (SIGKILL), as it does when memory runs out</source>
   <translation>das System hat den Prozess beendet (SIGKILL), wie es bei Speichermangel geschieht</translation>
  </message>
  <message>
   <source>the system's keyring did not answer</source>
   <translation>der Schlüsselbund des Systems hat nicht geantwortet</translation>
  </message>
  <message>
   <source>the system's keyring holds no key for it</source>
   <translation>der Schlüsselbund des Systems enthält keinen Schlüssel für sie</translation>
  </message>
  <message>
   <source>the system's keyring is not available</source>
   <translation>der Schlüsselbund des Systems ist nicht verfügbar</translation>
  </message>
  <message>
   <source>the system's keyring refused ({failure})</source>
   <translation>der Schlüsselbund des Systems hat abgelehnt ({failure})</translation>
  </message>
  <message>
   <source>the word “{word}”</source>
   <translation>dem Wort „{word}“</translation>
  </message>
  <message>
   <source>the word “{word}”, in any of its forms</source>
   <translation>dem Wort „{word}“ (in jeder Form)</translation>
  </message>
  <message>
   <source>the words “{word}”</source>
   <translation>den Wörtern „{word}“</translation>
  </message>
  <message>
   <source>the words “{word}”, in any of their forms</source>
   <translation>den Wörtern „{word}“ (in jeder Form)</translation>
  </message>
  <message>
   <source>the {n} documents named by ‘{name}’</source>
   <translation>den {n} mit ‚{name}‘ gemeinten Dokumenten</translation>
  </message>
  <message numerus="yes">
   <source>the {n} that say most are quoted</source>
   <translation>
    <numerusform>ein Satz ist zitiert</numerusform>
    <numerusform>die {n} wichtigsten Sätze sind zitiert</numerusform>
   </translation>
  </message>
  <message>
   <source>there is no model.onnx in it, nor in onnx/</source>
   <translation>darin fehlt model.onnx, auch in onnx/</translation>
  </message>
  <message>
   <source>there is no question in it</source>
   <translation>die Datei enthält keine Frage</translation>
  </message>
  <message>
   <source>there is none</source>
   <translation>dort ist keines</translation>
  </message>
  <message>
   <source>there is nothing in it</source>
   <translation>sie ist leer</translation>
  </message>
  <message>
   <source>three</source>
   <translation>drei</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
  <message>
   <source>to “{name}”</source>
   <translation>an „{name}“</translation>
  </message>
  <message>
   <source>too much of it does not</source>
   <translation>zu vieles weicht ab</translation>
  </message>
  <message>
   <source>twelve</source>
   <translation>zwölf</translation>
  </message>
  <message>
   <source>two</source>
   <translation>zwei</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartend</translation>
  </message>
  <message>
   <source>waits for “{name}”</source>
   <translation>wartet auf „{name}“</translation>
  </message>
  <message>
   <source>what is left out</source>
   <translation>Ausgeschlossenes</translation>
  </message>
  <message>
   <source>what the system's keyring holds for it is not a key</source>
   <translation>was der Schlüsselbund des Systems für sie enthält, ist kein Schlüssel</translation>
  </message>
  <message>
   <source>whose text can be searched</source>
   <translation>mit durchsuchbarem Text</translation>
  </message>
  <message>
   <source>whose text holds {words}</source>
   <translation>mit {words} im Text</translation>
  </message>
  <message numerus="yes">
   <source>wills</source>
   <translation>
    <numerusform>Testament</numerusform>
    <numerusform>Testamente</numerusform>
   </translation>
  </message>
  <message>
   <source>with attachments</source>
   <translation>mit Anhängen</translation>
  </message>
  <message>
   <source>with {words} in the subject</source>
   <translation>mit {words} im Betreff</translation>
  </message>
  <message>
   <source>with “{name}” in file name, title or opening</source>
   <translation>mit „{name}“ in Dateiname, Titel oder Anfang</translation>
  </message>
  <message>
   <source>without attachments</source>
   <translation>ohne Anhänge</translation>
  </message>
  <message>
   <source>worse than before</source>
   <translation>schlechter als zuvor</translation>
  </message>
  <message>
   <source>wrong</source>
   <translation>falsch</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>your own questions</source>
   <translation>Ihre eigenen Fragen</translation>
  </message>
  <message>
   <source>yours</source>
   <translation>von Ihnen</translation>
  </message>
  <message>
   <source>{chosen} of {all} ticked</source>
   <translation>{chosen} von {all} angekreuzt</translation>
  </message>
  <message>
   <source>{condensed}; {quoted}</source>
   <translation>{condensed}; {quoted}</translation>
  </message>
  <message>
   <source>{documents} opened by the password.</source>
   <translation>{documents} mit dem Passwort geöffnet.</translation>
  </message>
  <message>
   <source>{documents}, away just now</source>
   <translation>{documents}, zurzeit nicht da</translation>
  </message>
  <message>
   <source>{documents}, some of them away</source>
   <translation>{documents}, einige davon nicht da</translation>
  </message>
  <message>
   <source>{documents}, up to date</source>
   <translation>{documents}, aktuell</translation>
  </message>
  <message>
   <source>{documents}, {passages}, {size}</source>
   <translation>{documents}, {passages}, {size}</translation>
  </message>
  <message>
   <source>{documents}, {questions}: {cells}</source>
   <translation>{documents}, {questions}: {cells}</translation>
  </message>
  <message>
   <source>{done} of {documents}</source>
   <translation>{documents}, {done} fertig</translation>
  </message>
  <message numerus="yes">
   <source>{done} of {n} cells</source>
   <translation>
    <numerusform>{done} von {n} Feld</numerusform>
    <numerusform>{done} von {n} Feldern</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of {n} documents</source>
   <translation>
    <numerusform>{done} von {n} Dokument</numerusform>
    <numerusform>{done} von {n} Dokumenten</numerusform>
   </translation>
  </message>
  <message>
   <source>{done} of {n} layers fit into the GPU</source>
   <translation>{done} von {n} Schichten passen auf die GPU</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
  <message>
   <source>{done} of {total} steps</source>
   <translation>{done} von {total} Schritten</translation>
  </message>
  <message>
   <source>{file} and {names}</source>
   <translation>{file} und {names}</translation>
  </message>
  <message>
   <source>{file} cannot be read: {why}.</source>
   <translation>{file} ist nicht lesbar: {why}.</translation>
  </message>
  <message>
   <source>{file} cannot be removed: {why}.</source>
   <translation>{file} lässt sich nicht entfernen: {why}.</translation>
  </message>
  <message>
   <source>{file} cannot be written: {why}.</source>
   <translation>{file} lässt sich nicht schreiben: {why}.</translation>
  </message>
  <message>
   <source>{file} could not be copied into {folder}: {why}.</source>
   <translation>{file} ließ sich nicht nach {folder} kopieren: {why}.</translation>
  </message>
  <message>
   <source>{file} holds a kind of model that this version of Strongroom does not know.</source>
   <translation>{file} enthält eine Art von Modell, die diese Version von Strongroom nicht kennt.</translation>
  </message>
  <message>
   <source>{file} is cut off or damaged.</source>
   <translation>{file} ist abgeschnitten oder beschädigt.</translation>
  </message>
  <message>
   <source>{file} is not a model file.</source>
   <translation>{file} ist keine Modelldatei.</translation>
  </message>
  <message>
   <source>{file} is not a model that answers questions.</source>
   <translation>{file} ist kein Modell, das Fragen beantwortet.</translation>
  </message>
  <message>
   <source>{file} is not in the index.</source>
   <translation>{file} ist nicht im Index.</translation>
  </message>
  <message>
   <source>{file} needs {needed} GB, and the disk has {free} GB free.</source>
   <translation>{file} braucht {needed} GB, und auf dem Laufwerk sind {free} GB frei.</translation>
  </message>
  <message>
   <source>{file}, p. {page}</source>
   <translation>{file}, S. {page}</translation>
  </message>
  <message>
   <source>{first} and {second} cannot be compared: {why}.</source>
   <translation>{first} und {second} lassen sich nicht vergleichen: {why}.</translation>
  </message>
  <message numerus="yes">
   <source>{good} of {n} sentences rest on a quote</source>
   <translation>
    <numerusform>{good} von {n} Satz durch ein Zitat belegt</numerusform>
    <numerusform>{good} von {n} Sätzen durch ein Zitat belegt</numerusform>
   </translation>
  </message>
  <message>
   <source>{indexed}, all conversations, reviews and figures are deleted. This cannot be undone. Your documents stay where they are, and so do settings and models.</source>
   <translation>{indexed}, alle Gespräche, Prüftabellen und Messwerte werden gelöscht. Das lässt sich nicht rückgängig machen. Ihre Dokumente bleiben, wo sie sind, ebenso Einstellungen und Modelle.</translation>
  </message>
  <message>
   <source>{keys} is taken: “{what}”.</source>
   <translation>{keys} ist vergeben: „{what}“.</translation>
  </message>
  <message>
   <source>{kind} (.{ending})…</source>
   <translation>{kind} (.{ending})…</translation>
  </message>
  <message>
   <source>{library} cannot hold a library: {why}.</source>
   <translation>In {library} kann keine Bibliothek liegen: {why}.</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} min {seconds} s</translation>
  </message>
  <message>
   <source>{model} is writing an answer.</source>
   <translation>{model} schreibt gerade eine Antwort.</translation>
  </message>
  <message>
   <source>{model} needs {needed} GB, and of {free} GB free {kept} GB are left to other programs</source>
   <translation>{model} braucht {needed} GB, und von {free} freien GB bleiben {kept} GB anderen Programmen</translation>
  </message>
  <message>
   <source>{model} on the processor: {reason}; it takes {needed} of {free} GB free memory.</source>
   <translation>{model} auf dem Prozessor: {reason}; belegt {needed} von {free} GB freiem Arbeitsspeicher.</translation>
  </message>
  <message>
   <source>{model} on {device}: {reason}; it takes {needed} of {free} GB free GPU memory.</source>
   <translation>{model} auf {device}: {reason}; belegt {needed} von {free} GB freiem GPU-Speicher.</translation>
  </message>
  <message>
   <source>{model} on {device}: {reason}; it takes {needed} of {free} GB free memory.</source>
   <translation>{model} auf {device}: {reason}; belegt {needed} von {free} GB freiem Arbeitsspeicher.</translation>
  </message>
  <message>
   <source>{name} and the processor</source>
   <translation>{name} und dem Prozessor</translation>
  </message>
  <message>
   <source>{name} and {collections}</source>
   <translation>{name} und {collections}</translation>
  </message>
  <message>
   <source>{name} answers better: it has {has}, this one {had}.</source>
   <translation>{name} antwortet besser: Es hat {has}, dieses hier {had}.</translation>
  </message>
  <message>
   <source>{name} answers better: it has {has}.</source>
   <translation>{name} antwortet besser: Es hat {has}.</translation>
  </message>
  <message>
   <source>{name} cannot be read</source>
   <translation>{name} ist nicht lesbar</translation>
  </message>
  <message>
   <source>{name} has an unknown {{{field}}}</source>
   <translation>in {name} ist {{{field}}} unbekannt</translation>
  </message>
  <message>
   <source>{name} has only {free} GB free</source>
   <translation>auf {name} sind nur {free} GB frei</translation>
  </message>
  <message>
   <source>{name} in {container}</source>
   <translation>{name} in {container}</translation>
  </message>
  <message>
   <source>{name} is damaged</source>
   <translation>{name} ist beschädigt</translation>
  </message>
  <message>
   <source>{name} is gone</source>
   <translation>{name} fehlt</translation>
  </message>
  <message>
   <source>{name} is here now.</source>
   <translation>{name} ist jetzt verfügbar.</translation>
  </message>
  <message>
   <source>{name} is missing</source>
   <translation>{name} fehlt</translation>
  </message>
  <message>
   <source>{name} is more than {n}</source>
   <translation>{name} ist größer als {n}</translation>
  </message>
  <message>
   <source>{name} is not a number from 0</source>
   <translation>{name} ist keine Zahl ab 0</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} ist nicht mehr, was sie war</translation>
  </message>
  <message>
   <source>{name} lacks {{{field}}}</source>
   <translation>in {name} fehlt {{{field}}}</translation>
  </message>
  <message>
   <source>{name} names no graph or no tokenizer</source>
   <translation>{name} nennt keinen Graphen oder keinen Tokenizer</translation>
  </message>
  <message>
   <source>{name} stays in the library. Its answers here go.</source>
   <translation>{name} bleibt in der Bibliothek. Die Antworten hier entfallen.</translation>
  </message>
  <message>
   <source>{name}, {day}</source>
   <translation>{name}, {day}</translation>
  </message>
  <message>
   <source>{name}, {day}, the newest</source>
   <translation>{name}, {day}, die neueste</translation>
  </message>
  <message numerus="yes">
   <source>{name}, {n} documents</source>
   <translation>
    <numerusform>{name}, {n} Dokument</numerusform>
    <numerusform>{name}, {n} Dokumente</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>{n} % the same</source>
   <translation>{n} % gleich</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} MB</translation>
  </message>
  <message>
   <source>{n} billion parameters</source>
   <translation>{n} Mrd. Parameter</translation>
  </message>
  <message>
   <source>{n} bytes</source>
   <translation>{n} Byte</translation>
  </message>
  <message numerus="yes">
   <source>{n} cells</source>
   <translation>
    <numerusform>{n} Feld</numerusform>
    <numerusform>{n} Felder</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} cells to check</source>
   <translation>
    <numerusform>{n} Feld zu prüfen</numerusform>
    <numerusform>{n} Felder zu prüfen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} chapters</source>
   <translation>
    <numerusform>{n} Kapitel</numerusform>
    <numerusform>{n} Kapitel</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} characters of text</source>
   <translation>
    <numerusform>{n} Zeichen Text</numerusform>
    <numerusform>{n} Zeichen Text</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} collections</source>
   <translation>
    <numerusform>{n} Sammlung</numerusform>
    <numerusform>{n} Sammlungen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} conversations</source>
   <translation>
    <numerusform>{n} Gespräch</numerusform>
    <numerusform>{n} Gespräche</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} documents</source>
   <translation>
    <numerusform>{n} Dokument</numerusform>
    <numerusform>{n} Dokumente</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} documents are being read again.</source>
   <translation>
    <numerusform>{n} Dokument wird neu eingelesen.</numerusform>
    <numerusform>{n} Dokumente werden neu eingelesen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} documents are left out. The page of their collection takes them back.</source>
   <translation>
    <numerusform>{n} Dokument ist ausgeschlossen. Auf der Seite seiner Sammlung lässt es sich zurückholen.</numerusform>
    <numerusform>{n} Dokumente sind ausgeschlossen. Auf der Seite ihrer Sammlung lassen sie sich zurückholen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} documents inside</source>
   <translation>
    <numerusform>{n} Dokument darin</numerusform>
    <numerusform>{n} Dokumente darin</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} documents were read.</source>
   <translation>
    <numerusform>{n} Dokument wurde eingelesen.</numerusform>
    <numerusform>{n} Dokumente wurden eingelesen.</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} documents, the first {shown} are shown</source>
   <translation>{n} Dokumente, gezeigt die ersten {shown}</translation>
  </message>
  <message numerus="yes">
   <source>{n} entries</source>
   <translation>
    <numerusform>{n} Eintrag</numerusform>
    <numerusform>{n} Einträge</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} failed</source>
   <translation>{n} fehlgeschlagen</translation>
  </message>
  <message numerus="yes">
   <source>{n} files without text could not be looked into.</source>
   <translation>
    <numerusform>In {n} Datei ohne Text ließ sich nicht nachsehen.</numerusform>
    <numerusform>In {n} Dateien ohne Text ließ sich nicht nachsehen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} headings</source>
   <translation>
    <numerusform>{n} Überschrift</numerusform>
    <numerusform>{n} Überschriften</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} kB</source>
   <translation>{n} kB</translation>
  </message>
  <message numerus="yes">
   <source>{n} languages</source>
   <translation>
    <numerusform>{n} Sprache</numerusform>
    <numerusform>{n} Sprachen</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} layers</source>
   <translation>{n} Schichten</translation>
  </message>
  <message numerus="yes">
   <source>{n} messages</source>
   <translation>
    <numerusform>{n} Nachricht</numerusform>
    <numerusform>{n} Nachrichten</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} million parameters</source>
   <translation>{n} Mio. Parameter</translation>
  </message>
  <message numerus="yes">
   <source>{n} more</source>
   <translation>
    <numerusform>noch {n}</numerusform>
    <numerusform>{n} weitere</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} more documents</source>
   <translation>
    <numerusform>{n} weiteres Dokument</numerusform>
    <numerusform>{n} weitere Dokumente</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} more passages</source>
   <translation>
    <numerusform>{n} weitere Textstelle</numerusform>
    <numerusform>{n} weitere Textstellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} more rows</source>
   <translation>
    <numerusform>{n} weitere Zeile</numerusform>
    <numerusform>{n} weitere Zeilen</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} ms</source>
   <translation>{n} ms</translation>
  </message>
  <message>
   <source>{n} not stated</source>
   <translation>{n} nicht angegeben</translation>
  </message>
  <message>
   <source>{n} of its {m} layers fit on the graphics card; the processor does the rest.</source>
   <translation>{n} von {m} Schichten passen auf die Grafikkarte; den Rest übernimmt der Prozessor.</translation>
  </message>
  <message>
   <source>{n} of more than {count}</source>
   <translation>{n} von mehr als {count}</translation>
  </message>
  <message>
   <source>{n} of the mails had no date that could be read.</source>
   <translation>Bei {n} der E-Mails war kein Datum lesbar.</translation>
  </message>
  <message>
   <source>{n} of {all}</source>
   <translation>{n} von {all}</translation>
  </message>
  <message>
   <source>{n} of {all} searched</source>
   <translation>{n} von {all} durchsucht</translation>
  </message>
  <message>
   <source>{n} of {collections}</source>
   <translation>{n} von {collections}</translation>
  </message>
  <message>
   <source>{n} of {count}</source>
   <translation>{n} von {count}</translation>
  </message>
  <message>
   <source>{n} of {documents} are not in the index</source>
   <translation>{documents}, {n} davon nicht im Index</translation>
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation>{n} von {m}</translation>
  </message>
  <message>
   <source>{n} of {passages} read</source>
   <translation>{n} von {passages} gelesen</translation>
  </message>
  <message>
   <source>{n} of {total}</source>
   <translation>{n} von {total}</translation>
  </message>
  <message>
   <source>{n} of {total} documents</source>
   <translation>{n} von {total} Dokumenten</translation>
  </message>
  <message>
   <source>{n} on their way</source>
   <translation>{n} in Arbeit</translation>
  </message>
  <message>
   <source>{n} p.</source>
   <translation>{n} S.</translation>
  </message>
  <message numerus="yes">
   <source>{n} pages</source>
   <translation>
    <numerusform>{n} Seite</numerusform>
    <numerusform>{n} Seiten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} pages read</source>
   <translation>
    <numerusform>{n} Seite gelesen</numerusform>
    <numerusform>{n} Seiten gelesen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} pages wait for text recognition.</source>
   <translation>
    <numerusform>{n} Seite wartet auf Texterkennung.</numerusform>
    <numerusform>{n} Seiten warten auf Texterkennung.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} pages wait for text recognition: {pages}</source>
   <translation>
    <numerusform>{n} Seite wartet auf die Texterkennung: {pages}</numerusform>
    <numerusform>{n} Seiten warten auf die Texterkennung: {pages}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} passages</source>
   <translation>
    <numerusform>{n} Textstelle</numerusform>
    <numerusform>{n} Textstellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} passages have these words, in {documents}</source>
   <translation>
    <numerusform>{n} Textstelle mit diesen Wörtern ({documents})</numerusform>
    <numerusform>{n} Textstellen mit diesen Wörtern ({documents})</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} passages read</source>
   <translation>
    <numerusform>{n} Textstelle gelesen</numerusform>
    <numerusform>{n} Textstellen gelesen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} passages to go</source>
   <translation>
    <numerusform>noch {n} Textstelle</numerusform>
    <numerusform>noch {n} Textstellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} passages, each with its words and its meaning</source>
   <translation>
    <numerusform>{n} Textstelle mit ihren Wörtern und ihrer Bedeutung</numerusform>
    <numerusform>{n} Textstellen, jede mit ihren Wörtern und ihrer Bedeutung</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} questions</source>
   <translation>
    <numerusform>{n} Frage</numerusform>
    <numerusform>{n} Fragen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} questions judged</source>
   <translation>
    <numerusform>{n} Frage beurteilt</numerusform>
    <numerusform>{n} Fragen beurteilt</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} rows went into it.</source>
   <translation>
    <numerusform>{n} Zeile ging ein.</numerusform>
    <numerusform>{n} Zeilen gingen ein.</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} s</translation>
  </message>
  <message numerus="yes">
   <source>{n} sheets</source>
   <translation>
    <numerusform>{n} Tabellenblatt</numerusform>
    <numerusform>{n} Tabellenblätter</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} slides</source>
   <translation>
    <numerusform>{n} Folie</numerusform>
    <numerusform>{n} Folien</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} sources</source>
   <translation>
    <numerusform>{n} Quelle</numerusform>
    <numerusform>{n} Quellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} tables</source>
   <translation>
    <numerusform>{n} Tabelle</numerusform>
    <numerusform>{n} Tabellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} tables kept as data</source>
   <translation>
    <numerusform>{n} Tabelle als Daten aufbewahrt</numerusform>
    <numerusform>{n} Tabellen als Daten aufbewahrt</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} to check</source>
   <translation>{n} zu prüfen</translation>
  </message>
  <message>
   <source>{n} tokens of context</source>
   <translation>{n} Token Kontext</translation>
  </message>
  <message numerus="yes">
   <source>{n} tokens were handed to it</source>
   <translation>
    <numerusform>{n} Token übergeben</numerusform>
    <numerusform>{n} Token übergeben</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} tokens/s</source>
   <translation>{n} Token/s</translation>
  </message>
  <message numerus="yes">
   <source>{n} were left out: their documents are gone, or only a wrong answer is known.</source>
   <translation>
    <numerusform>{n} wurde ausgelassen: Das Dokument fehlt, oder nur eine falsche Antwort ist bekannt.</numerusform>
    <numerusform>{n} wurden ausgelassen: Die Dokumente fehlen, oder nur eine falsche Antwort ist bekannt.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{n} words</source>
   <translation>
    <numerusform>{n} Wort</numerusform>
    <numerusform>{n} Wörter</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} {how}</source>
   <translation>{n} {how}</translation>
  </message>
  <message>
   <source>{pages}, {how}</source>
   <translation>{pages}, {how}</translation>
  </message>
  <message>
   <source>{pages}: {parts}</source>
   <translation>{pages}: {parts}</translation>
  </message>
  <message>
   <source>{passages}, {words} with their words, {vectors} with their meaning</source>
   <translation>{passages}, {words} mit Wörtern, {vectors} mit Bedeutung</translation>
  </message>
  <message>
   <source>{path} cannot be added: its name is not valid text.</source>
   <translation>{path} lässt sich nicht hinzufügen: Der Name ist kein gültiger Text.</translation>
  </message>
  <message>
   <source>{path} cannot be opened on this computer.</source>
   <translation>{path} lässt sich auf diesem Computer nicht öffnen.</translation>
  </message>
  <message>
   <source>{path} does not answer.</source>
   <translation>{path} antwortet nicht.</translation>
  </message>
  <message>
   <source>{path} does not exist or cannot be read.</source>
   <translation>{path} existiert nicht oder ist nicht lesbar.</translation>
  </message>
  <message>
   <source>{path} is a source itself.</source>
   <translation>{path} ist selbst eine Quelle.</translation>
  </message>
  <message>
   <source>{path} is already in the library: it lies inside {source}.</source>
   <translation>{path} gehört schon zur Bibliothek: enthalten in {source}.</translation>
  </message>
  <message>
   <source>{path} is not in the library.</source>
   <translation>{path} ist nicht in der Bibliothek.</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
  <message>
   <source>{place} and {n} more</source>
   <translation>{place} und {n} weitere</translation>
  </message>
  <message>
   <source>{place} is kept as the place that answers this.</source>
   <translation>{place} ist als Stelle mit der Antwort vermerkt.</translation>
  </message>
  <message>
   <source>{questions}, answered by {model}; meaning searched with {embedding}.</source>
   <translation>{questions}, beantwortet von {model}; nach Bedeutung gesucht mit {embedding}.</translation>
  </message>
  <message>
   <source>{questions}, searched only; meaning searched with {embedding}.</source>
   <translation>{questions}, nur gesucht; nach Bedeutung gesucht mit {embedding}.</translation>
  </message>
  <message>
   <source>{rate} documents per second</source>
   <translation>{rate} Dokumente pro Sekunde</translation>
  </message>
  <message>
   <source>{rate} passages per second</source>
   <translation>{rate} Textstellen pro Sekunde</translation>
  </message>
  <message>
   <source>{read}.</source>
   <translation>{read}.</translation>
  </message>
  <message>
   <source>{read}; {chosen}.</source>
   <translation>{read}; {chosen}.</translation>
  </message>
  <message>
   <source>{scope}, only what the question names</source>
   <translation>{scope}, nur was die Frage nennt</translation>
  </message>
  <message>
   <source>{share} %</source>
   <translation>{share} %</translation>
  </message>
  <message>
   <source>{shown} of more than {passages}</source>
   <translation>{shown} von mehr als {passages}</translation>
  </message>
  <message>
   <source>{shown} of {passages}</source>
   <translation>{shown} von {passages}</translation>
  </message>
  <message>
   <source>{shown} of {passages} in {documents}</source>
   <translation>{shown} von {passages} ({documents})</translation>
  </message>
  <message>
   <source>{shown} of {total} found</source>
   <translation>{shown} von {total} gefunden</translation>
  </message>
  <message>
   <source>{size} GB</source>
   <translation>{size} GB</translation>
  </message>
  <message>
   <source>{size} GB memory</source>
   <translation>{size} GB Arbeitsspeicher</translation>
  </message>
  <message>
   <source>{size} MB</source>
   <translation>{size} MB</translation>
  </message>
  <message>
   <source>{start} to {end} % of the text</source>
   <translation>{start} bis {end} % des Textes</translation>
  </message>
  <message>
   <source>{task}: {documents}</source>
   <translation>{task}: {documents}</translation>
  </message>
  <message>
   <source>{tokens} tokens do not fit; they need {more} more.</source>
   <translation>{tokens} Token passen nicht; sie brauchen {more} mehr.</translation>
  </message>
  <message>
   <source>{tokens} tokens fit too, {more} more.</source>
   <translation>Auch {tokens} Token passen, mit {more} mehr Speicher.</translation>
  </message>
  <message numerus="yes">
   <source>{types} files</source>
   <translation>
    <numerusform>{types}-Datei</numerusform>
    <numerusform>{types}-Dateien</numerusform>
   </translation>
  </message>
  <message>
   <source>{type} or {types}</source>
   <translation>{type}- oder {types}</translation>
  </message>
  <message>
   <source>{used} of {total} GB</source>
   <translation>{used} von {total} GB</translation>
  </message>
  <message>
   <source>{value} is not possible here: it goes from {least} to {most}.</source>
   <translation>{value} ist hier nicht möglich: Zulässig ist {least} bis {most}.</translation>
  </message>
  <message>
   <source>{what} ({n})</source>
   <translation>{what} ({n})</translation>
  </message>
  <message>
   <source>{what}, take away</source>
   <translation>{what}, entfernen</translation>
  </message>
  <message>
   <source>{words} and {last}</source>
   <translation>{words} und {last}</translation>
  </message>
  <message numerus="yes">
   <source>{words} passages come close, none states the answer.</source>
   <translation>
    <numerusform>{words} Textstelle kommt der Frage nahe, nennt die Antwort aber nicht.</numerusform>
    <numerusform>{words} Textstellen kommen der Frage nahe, keine nennt die Antwort.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{words} passages hold text meant for a machine; it was not followed.</source>
   <translation>
    <numerusform>{words} Textstelle enthält Text, der an eine Maschine gerichtet ist; er wurde nicht befolgt.</numerusform>
    <numerusform>{words} Textstellen enthalten Text, der an eine Maschine gerichtet ist; er wurde nicht befolgt.</numerusform>
   </translation>
  </message>
  <message>
   <source>‘{words}’</source>
   <translation>‚{words}‘</translation>
  </message>
  <message>
   <source>“{name}” and its answers go. The documents stay in the library.</source>
   <translation>„{name}“ wird mit allen Antworten entfernt. Die Dokumente bleiben in der Bibliothek.</translation>
  </message>
  <message>
   <source>“{name}” cannot be opened</source>
   <translation>„{name}“ lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>“{name}” is left out. The page of its collection takes it back.</source>
   <translation>„{name}“ ist ausgeschlossen. Auf der Seite der Sammlung lässt es sich zurückholen.</translation>
  </message>
  <message>
   <source>“{name}” is next, when what is being read is done.</source>
   <translation>„{name}“ folgt, sobald das laufende Einlesen beendet ist.</translation>
  </message>
  <message>
   <source>“{name}” is not in it</source>
   <translation>„{name}“ kommt darin nicht vor</translation>
  </message>
  <message>
   <source>“{name}” is not one of {known}</source>
   <translation>„{name}“ gehört nicht zu {known}</translation>
  </message>
  <message>
   <source>“{name}” is not supported</source>
   <translation>„{name}“ wird nicht unterstützt</translation>
  </message>
  <message>
   <source>“{name}” is not the name of a field</source>
   <translation>„{name}“ ist kein Feldname</translation>
  </message>
  <message>
   <source>“{name}” is outside it</source>
   <translation>„{name}“ liegt außerhalb davon</translation>
  </message>
  <message>
   <source>“{name}” stands there twice</source>
   <translation>„{name}“ steht dort zweimal</translation>
  </message>
  <message>
   <source>“{question}” and its answers go from this review grid.</source>
   <translation>„{question}“ und die Antworten darauf entfallen in dieser Prüftabelle.</translation>
  </message>
  <message>
   <source>“{question}” and what you marked for it are forgotten.</source>
   <translation>„{question}“ und Ihre Angaben dazu werden vergessen.</translation>
  </message>
  <message numerus="yes">
   <source>“{title}”: its {n} questions and their answers are removed for good. Your documents are not touched.</source>
   <translation>
    <numerusform>„{title}“: Die Frage und ihre Antwort werden endgültig entfernt. Ihre Dokumente bleiben unberührt.</numerusform>
    <numerusform>„{title}“: Die {n} Fragen und ihre Antworten werden endgültig entfernt. Ihre Dokumente bleiben unberührt.</numerusform>
   </translation>
  </message>
  <message>
   <source>“{value}” is not possible here.</source>
   <translation>„{value}“ ist hier nicht möglich.</translation>
  </message>
  <message>
   <source>“{value}” is not possible here: it is one of {choices}.</source>
   <translation>„{value}“ ist hier nicht möglich: Zur Wahl stehen {choices}.</translation>
  </message>
 </context>
</TS>
