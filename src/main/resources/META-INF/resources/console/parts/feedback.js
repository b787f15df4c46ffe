// What views say when something is empty, waiting or wrong.

import { Problem, Unreachable } from '../api.js';
import { h } from '../dom.js';

/** A problem in the service's own words, with the field and what is allowed. */
export function problem(error) {
  if (!error) {
    return null;
  }
  const about = error instanceof Problem && error.field && !error.message.startsWith(error.field) ? `${error.field}: ` : '';
  const known = error instanceof Problem || error instanceof Unreachable;
  return h('div', { class: 'problem', role: 'alert' }, h('strong', null, about), known ? error.message : String(error.message || error),
    error.allowed?.length > 0 && !error.message.includes(error.allowed[0]) && h('div', null, 'Allowed: ', error.allowed.slice(0, 30).join(', ')));
}

/** An empty view: one sentence and one button. */
export function empty(sentence, ...actions) {
  return h('div', { class: 'empty' }, h('p', null, sentence), actions.length > 0 && h('div', { class: 'row' }, actions));
}

export function waiting(what) {
  return h('p', { class: 'quiet', role: 'status' }, what);
}

/** A state as a word beside a mark whose form differs as well. */
export function state(word) {
  return h('span', { class: `state ${word}` }, word);
}

export function tabs(label, base, items, current) {
  return h('nav', { class: 'tabs', 'aria-label': label }, items.filter(Boolean).map(([address, name]) => h('a', { key: address,
    href: `#/${base}${address ? `/${address}` : ''}`, 'aria-current': address === current ? 'page' : null }, name)));
}

/** A button that opens a list of actions: closed by Escape, a choice, or a click elsewhere. */
export function menu(label, content, ...items) {
  return h('details', { class: 'menu', onkeydown: event => {
    if (event.key === 'Escape' && event.currentTarget.open) {
      event.currentTarget.open = false;
      event.currentTarget.querySelector('summary').focus();
    }
  }, onfocusout: event => {
    if (!event.currentTarget.contains(event.relatedTarget) && event.relatedTarget) event.currentTarget.open = false;
  }, onclick: event => {
    if (event.target.closest('.menu > div')) event.currentTarget.open = false;
  } }, h('summary', { class: 'button', 'aria-label': label }, content), h('div', null, items));
}
