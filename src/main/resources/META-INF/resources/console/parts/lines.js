// Finds the line of a YAML text that a field of the API's problem is about, such as stages[0].filter.all[1].op.

/** Returns the index of the line, from 0; the closest known one if the field itself is not written. */
export function lineOf(text, field) {
  const lines = text.split('\n');
  let at = { line: 0, column: 0, end: lines.length, indent: -1 };
  let found = 0;
  for (const step of steps(field)) {
    const next = typeof step === 'number' ? item(lines, at, step) : entry(lines, at, step);
    if (!next) {
      return found;
    }
    at = next;
    found = next.line;
  }
  return found;
}

/** The line that a message such as "line 3: …" names, from 0; null if it names none. */
export function lineIn(message) {
  const match = /\bline (\d+)/.exec(message);
  return match ? Number(match[1]) - 1 : null;
}

function steps(field) {
  return (field || '').split(/\.|(?=\[)/).filter(Boolean).map(step => /^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step);
}

function spellings(name) {
  return [name, name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), name.replace(/_(\w)/g, (all, letter) => letter.toUpperCase())];
}

function indentOf(line) {
  return line.search(/\S/);
}

/** The part of the text below a place: its own line after the column, and all deeper lines. */
function within(lines, place, line) {
  return line === place.line ? lines[line].slice(place.column) : lines[line];
}

function entry(lines, place, name) {
  const pattern = new RegExp(`(^|[\\s{,\\-"'])(?:${spellings(name).map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})["']?\\s*:`);
  for (let line = place.line; line < place.end; line++) {
    const text = within(lines, place, line);
    const match = pattern.exec(text.replace(/#.*$/, ''));
    if (match) {
      const column = (line === place.line ? place.column : 0) + match.index + match[0].length;
      return { line, column, end: endOf(lines, line, place.end, keyIndent(lines[line])), indent: keyIndent(lines[line]) };
    }
  }
  return null;
}

/** The indentation of a key: behind the dash of a list's item. */
function keyIndent(line) {
  return /^\s*(-\s+)*/.exec(line)[0].length;
}

function endOf(lines, line, most, indent) {
  for (let next = line + 1; next < most; next++) {
    const own = indentOf(lines[next]);
    if (own >= 0 && (own < indent || own === indent && !lines[next].trimStart().startsWith('- '))) {
      return next;
    }
  }
  return most;
}

function item(lines, place, index) {
  const rest = lines[place.line].slice(place.column).trim();
  if (rest.startsWith('[')) {
    return flowItem(lines, place, index);
  }
  let dash = -1;
  let count = -1;
  for (let line = place.line + 1; line < place.end; line++) {
    const own = indentOf(lines[line]);
    if (own >= 0 && lines[line].trimStart().startsWith('-') && (dash < 0 || own === dash)) {
      dash = own;
      if (++count === index) {
        return { line, column: own + 1, end: endOf(lines, line, place.end, own + 1), indent: own };
      }
    }
  }
  return null;
}

/** An element between brackets, which may span lines. */
function flowItem(lines, place, index) {
  let depth = 0;
  let count = 0;
  for (let line = place.line; line < place.end; line++) {
    for (let column = line === place.line ? place.column : 0; column < lines[line].length; column++) {
      const character = lines[line][column];
      if (depth === 1 && count === index && /\S/.test(character) && !',]'.includes(character)) {
        return { line, column, end: place.end, indent: 0 };
      }
      depth += '[{'.includes(character) ? 1 : ']}'.includes(character) ? -1 : 0;
      count += depth === 1 && character === ',' ? 1 : 0;
    }
  }
  return null;
}
