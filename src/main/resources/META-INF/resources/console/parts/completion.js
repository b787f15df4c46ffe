// What can stand at a place of a definition, from its JSON Schema.

/** Returns { name, about, value } for what begins with a word; `value` is true for values, false for keys. */
export function completions(schema, text, before, word) {
  const path = pathAt(before);
  const line = before.split('\n').pop();
  const key = /([\w.]+)\s*:\s*[\w.]*$/.exec(line)?.[1];
  const holder = resolve(schema, schema, path);
  if (key) {
    const value = holder && property(schema, holder, key);
    return (value?.enum || []).map(String).filter(name => name.startsWith(word)).map(name => ({ name, value: true }));
  }
  return Object.entries(properties(schema, holder)).filter(([name]) => name.startsWith(word))
    .map(([name, each]) => ({ name, about: deref(schema, each).description || '', value: false }));
}

/** The keys above the end of a text, by indentation and open braces. */
function pathAt(before) {
  const lines = before.split('\n');
  const last = lines.pop();
  let indent = /^\s*(-\s+)*/.exec(last)[0].length;
  const path = [];
  for (let index = lines.length - 1; index >= 0; index--) {
    const match = /^(\s*(?:-\s+)*)([\w.]+)\s*:/.exec(lines[index]);
    if (match && match[1].length < indent) {
      path.unshift(match[2]);
      indent = match[1].length;
    }
  }
  return [...path, ...flowPath(last)];
}

function flowPath(line) {
  const path = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '{') {
      path.push(/([\w.]+)\s*:\s*\[?\s*$/.exec(line.slice(0, at))?.[1]);
    } else if (line[at] === '}') {
      path.pop();
    }
  }
  return path.filter(Boolean);
}

function deref(schema, node) {
  return node?.$ref ? node.$ref.slice(2).split('/').reduce((at, step) => at[step], schema) : node || {};
}

function resolve(schema, node, path) {
  return path.reduce((at, name) => at && property(schema, at, name), node);
}

function property(schema, node, name) {
  const found = properties(schema, node)[name];
  const known = found && deref(schema, found);
  return known?.items ? deref(schema, known.items) : known;
}

function properties(schema, node) {
  const known = deref(schema, node);
  const parts = [known, ...(known.anyOf || []), ...(known.oneOf || []), ...(known.allOf || [])].map(part => deref(schema, part));
  const lists = parts.map(part => part.items && deref(schema, part.items)).filter(Boolean);
  return Object.assign({}, ...[...parts, ...lists].map(part => part.properties || {}));
}
