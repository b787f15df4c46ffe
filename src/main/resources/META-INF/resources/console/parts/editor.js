// An editor for YAML: a text area over its own highlighted text, with line numbers, marks and completion.

import { h } from '../dom.js';
import { completions } from './completion.js';
import { highlighted } from './yaml.js';

/**
 * Shows the editor. `state` has text, mark ({ line, message } or null) and choices; `changed` is called when the text changed.
 */
export function editor(state, redraw, changed, schema) {
  const lines = state.text.split('\n');
  return h('div', { class: 'editor' }, h('div', { class: 'gutter', 'aria-hidden': 'true' }, lines.map((line, index) =>
    h('span', { class: state.mark?.line === index ? 'bad' : '' }, index + 1))),
  h('div', { class: 'sheet' }, h('pre', { 'aria-hidden': 'true' }, lines.map((line, index) => h('span', { class: state.mark?.line === index ? 'line marked' : 'line' }, highlighted(line), '\n'))),
    h('textarea', { id: 'yaml', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'off', rows: lines.length, value: state.text,
      'aria-label': 'Definition as YAML', 'aria-describedby': 'editor-help editor-problem', 'aria-invalid': state.mark ? 'true' : null,
      oninput: event => {
        state.text = event.target.value;
        suggest(state, event.target, schema);
        changed();
        redraw();
      }, onkeydown: event => keys(event, state, redraw, changed), onblur: () => setTimeout(() => {
        state.choices = null;
        redraw();
      }, 150) }),
    state.choices?.names.length > 0 && h('ul', { class: 'choices-list', role: 'listbox', 'aria-label': 'Completions', style: { left: `${state.choices.left}ch`, top: `${(state.choices.line + 1) * 20 + 12}px` } },
      state.choices.names.map((choice, index) => h('li', { key: choice.name, role: 'option', 'aria-selected': String(index === state.choices.at), onmousedown: event => {
        event.preventDefault();
        take(state, document.getElementById('yaml'), choice, redraw, changed);
      } }, h('strong', null, choice.name), choice.about && h('span', { class: 'quiet' }, choice.about))))),
  h('p', { id: 'editor-help', class: 'hidden' }, 'Control and space suggest what can stand here. Tab indents; Escape, then Tab leaves the editor.'));
}

function suggest(state, area, schema, asked = false) {
  const before = area.value.slice(0, area.selectionStart);
  const word = /[\w.]*$/.exec(before)[0];
  const names = schema && (asked || word) ? completions(schema, area.value, before, word) : [];
  const line = before.split('\n').length - 1;
  state.choices = names.length && !(names.length === 1 && names[0].name === word)
    ? { names: names.slice(0, 12), at: 0, word, line, left: before.split('\n').pop().length - word.length } : null;
}

function keys(event, state, redraw, changed) {
  const area = event.target;
  const choices = state.choices;
  if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    suggest(state, area, state.schema, true);
    redraw();
  } else if (choices && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    choices.at = (choices.at + (event.key === 'ArrowDown' ? 1 : choices.names.length - 1)) % choices.names.length;
    redraw();
  } else if (choices && (event.key === 'Enter' || event.key === 'Tab')) {
    event.preventDefault();
    take(state, area, choices.names[choices.at], redraw, changed);
  } else if (event.key === 'Escape') {
    state.leaving = !choices;
    state.choices = null;
    redraw();
  } else if (event.key === 'Tab' && !event.shiftKey && !state.leaving) {
    event.preventDefault();
    insert(state, area, 0, '  ', redraw, changed);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const line = area.value.slice(0, area.selectionStart).split('\n').pop();
    insert(state, area, 0, `\n${' '.repeat(Math.max(0, line.search(/\S|$/)) + (/:\s*$/.test(line) ? 2 : 0))}`, redraw, changed);
  } else if (event.key !== 'Shift' && event.key !== 'Tab') {
    state.leaving = false;
  }
}

function take(state, area, choice, redraw, changed) {
  const word = state.choices.word;
  state.choices = null;
  insert(state, area, word.length, choice.name + (choice.value ? '' : ': '), redraw, changed);
}

/** Typed by the browser's own command, so that undo works. */
function insert(state, area, back, text, redraw, changed) {
  area.focus();
  area.setSelectionRange(area.selectionStart - back, area.selectionEnd);
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  }
  state.text = area.value;
  state.choices = null;
  changed();
  redraw();
}
