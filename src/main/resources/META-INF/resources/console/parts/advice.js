// What would be noticed about drawn rows, each with buttons that learn the table again as the advice says.

import { may } from '../api.js';
import { h } from '../dom.js';
import { plural } from '../format.js';
import { said, TYPES } from './choices.js';

const HINTS = { constraint: 'a <= b, or unique a', missing: 'n/a,none,-' };

/** `again` receives a parameter and its value. */
export function remarks(verdict, again) {
  return verdict?.summary && [verdict.noticed?.length > 0 && [h('h3', null, `${plural(verdict.noticed.length, 'thing')} would be noticed`),
    h('ul', { class: 'plain-list advice' }, verdict.noticed.map((remark, index) => h('li', { key: remark.text }, remark.text, ' ', h('span', { class: 'quiet' }, remark.advice),
      may('operate') && remark.suggestions?.length > 0 && h('div', { class: 'row' }, remark.suggestions.map(suggestion =>
        suggestion.value === null ? open(suggestion.parameter, `advice-${index}`, again)
          : h('button', { key: suggestion.parameter + suggestion.value, onclick: () => again(suggestion.parameter, suggestion.value) }, `Learn again: ${said(suggestion.parameter, suggestion.value)}`))))))],
  verdict.good?.length > 0 && h('details', null, h('summary', null, 'What is good'), h('ul', { class: 'plain-list' }, verdict.good.map(text => h('li', null, text))))];
}

/** A parameter whose value only the user knows. */
function open(parameter, id, again) {
  const label = parameter.startsWith('type.') ? `Type of ${parameter.slice(5)}` : parameter === 'missing' ? 'Texts that mean missing' : 'Holds in every row';
  return h('form', { key: parameter, class: 'row', onsubmit: event => {
    event.preventDefault();
    again(parameter, new FormData(event.target).get('value').trim());
  } }, h('label', { class: 'quiet', for: id }, label), parameter.startsWith('type.') ? h('select', { id, name: 'value' }, TYPES.map(type => h('option', null, type)))
    : h('input', { id, name: 'value', required: true, placeholder: HINTS[parameter] || '' }), h('button', null, 'Learn again'));
}
