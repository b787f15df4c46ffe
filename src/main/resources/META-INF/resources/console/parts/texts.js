// The YAML of streams as their users wrote it, with comments and layout, for as long as the tab is open. The service keeps
// definitions without either, so a text counts only while it means what the service has.

const STORED = 'freshet.yaml ';
const LONGEST = 100_000;

/** Remembers the text of a definition that the service has accepted. A text with secrets is not kept. */
export function keepText(stream, text) {
  const definition = JSON.stringify(stream.definition);
  if (!definition || definition.includes('"***"') || text.length > LONGEST || /^---/m.test(text)) {
    return;
  }
  try {
    sessionStorage.setItem(STORED + stream.name, JSON.stringify({ definition, text }));
  } catch {
    // the storage is full; the text is written anew from the definition
  }
}

/** Returns the text of a stream as it was written; undefined if it is not known, or the stream was changed since. */
export function textOf(stream) {
  const kept = JSON.parse(sessionStorage.getItem(STORED + stream.name) || 'null');
  return kept?.definition === JSON.stringify(stream.definition) ? kept.text : undefined;
}
