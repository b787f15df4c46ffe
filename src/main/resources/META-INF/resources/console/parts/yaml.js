// YAML as the console writes and shows it. Reading it is the service's work.

import { h } from '../dom.js';

const PLAIN = /^[A-Za-z_/.][\w ./$@+-]*$/;
const SHORT = 72;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** Writes a definition. Objects and lists without others in them stay on one line if they are short. */
export function toYaml(value) {
  return block(value, '');
}

function block(value, indent) {
  return Object.entries(value || {}).map(([name, item]) => `${indent}${scalar(name)}:${after(item, indent)}`).join('');
}

function after(item, indent) {
  if (item === null || typeof item !== 'object') {
    return ` ${scalar(item)}\n`;
  }
  if (isFlat(item, indent)) {
    return ` ${flow(item)}\n`;
  }
  if (Array.isArray(item)) {
    return `\n${item.map(each => entry(each, `${indent}  `)).join('')}`;
  }
  return `\n${block(item, `${indent}  `)}`;
}

function entry(item, indent) {
  if (isFlat(item, indent) || Array.isArray(item)) {
    return `${indent}- ${flow(item)}\n`;
  }
  return `${indent}- ${block(item, `${indent}  `).trimStart()}`;
}

function isFlat(item, indent) {
  return item === null || typeof item !== 'object' || flow(item).length + indent.length < SHORT
    && Object.values(item).every(each => each === null || typeof each !== 'object');
}

/** Writes a value on one line. */
export function flow(item) {
  if (item === null || typeof item !== 'object') {
    return scalar(item);
  }
  if (Array.isArray(item)) {
    return item.length ? `[ ${item.map(flow).join(', ')} ]` : '[]';
  }
  const pairs = Object.entries(item).map(([name, value]) => `${scalar(name)}: ${flow(value)}`);
  return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
}

function scalar(value) {
  if (typeof value !== 'string') {
    return String(value);
  }
  return PLAIN.test(value) && !RESERVED.test(value) && value === value.trim() ? value : JSON.stringify(value);
}

const TOKENS = /(#.*$)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([\w.$-]+)(?=\s*:(?:\s|$))|(?<![\w.-])(-?\d[\d_.]*(?:ms|[smhd])?|true|false|null)(?![\w.-])/gm;
const CLASSES = ['', 'comment', 'string', 'name', 'value'];

/** YAML with its parts marked. */
export function highlighted(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    nodes.push(text.slice(at, match.index));
    const kind = match.findIndex((group, index) => index > 0 && group !== undefined);
    nodes.push(h('span', { class: `y-${CLASSES[kind]}` }, match[0]));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.map(node => typeof node === 'string' ? { text: node } : node);
}

/** JSON over several lines with its parts marked. */
export function json(value) {
  const text = JSON.stringify(value, null, 2);
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g)) {
    nodes.push({ text: text.slice(at, match.index) });
    const kind = match[2] ? 'name' : match[1] ? 'string' : 'value';
    nodes.push(h('span', { class: `y-${kind}` }, match[1] || match[3]), match[2] ? { text: match[2] } : null);
    at = match.index + match[0].length;
  }
  nodes.push({ text: text.slice(at) });
  return h('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'JSON' }, nodes);
}
