// Tables as files of the user: what they are, and the last ones, so that a fit can be repeated with other choices.

const TYPES = { csv: 'text/csv', tsv: 'text/csv', txt: 'text/csv', ndjson: 'application/x-ndjson', jsonl: 'application/x-ndjson', json: 'application/json',
  parquet: 'application/vnd.apache.parquet', pq: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const COMPRESSED = /\.(gz|zst)$/i;
const KEPT = 3;
const files = new Map();

function mediaType(file) {
  return TYPES[file.name.replace(COMPRESSED, '').split('.').pop().toLowerCase()] || null;
}

/** Returns the media type of a table; other files are refused with a sentence. */
export function tableType(file) {
  const type = mediaType(file);
  if (!type) {
    throw new Error(`${file.name} is no table that the service reads: it takes .csv, .ndjson, .json, .parquet and .xlsx, also as .gz or .zst.`);
  }
  return type;
}

/** What choosers of files offer. */
export const ENDINGS = [...Object.keys(TYPES), 'gz', 'zst'].map(ending => `.${ending}`).join(',');

/** The first lines of a table that is text; empty for others. */
export async function firstLines(file, most = 6) {
  if (COMPRESSED.test(file.name) || /parquet|sheet/.test(mediaType(file) || '')) {
    return [];
  }
  const text = await file.slice(0, 64000).text();
  return text.split(/\r?\n/).slice(0, most).map(line => line.slice(0, 160));
}

/** A name for the model of a file: its own without the ending, with the characters that names may have. */
export function modelName(file) {
  return file.name.replace(COMPRESSED, '').replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '').slice(0, 60) || 'table';
}

/** Remembers the file that a model was fitted to, for as long as the page is open. */
export function remember(name, file) {
  files.delete(name);
  files.set(name, file);
  if (files.size > KEPT) {
    files.delete(files.keys().next().value);
  }
}

export function fileOf(name) {
  return files.get(name);
}

/** Makes an element a target for files, by dragging or pasting. */
export function dropTarget(element, signal, dropped) {
  let inside = 0;
  const hover = on => element.classList.toggle('dropping', on);
  const hasFiles = event => event.dataTransfer?.types.includes('Files');
  element.addEventListener('dragenter', event => hasFiles(event) && (event.preventDefault(), inside++, hover(true)), { signal });
  element.addEventListener('dragover', event => hasFiles(event) && event.preventDefault(), { signal });
  element.addEventListener('dragleave', event => hasFiles(event) && (inside--, hover(inside > 0)), { signal });
  element.addEventListener('drop', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      inside = 0;
      hover(false);
      dropped(event.dataTransfer.files[0]);
    }
  }, { signal });
  addEventListener('paste', event => event.clipboardData?.files.length && dropped(event.clipboardData.files[0]), { signal });
  signal.addEventListener('abort', () => hover(false));
}
