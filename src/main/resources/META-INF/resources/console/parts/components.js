// The components that the service depends on: their state as a dot with a word.

import { request } from '../api.js';
import { h } from '../dom.js';
import { sleep } from '../live.js';

const NAMES = { kafka: 'Kafka', redis: 'Redis', mongodb: 'MongoDB', store: 'Store', schemaRegistry: 'Schema registry' };
const WORDS = { up: 'works', down: 'does not answer' };
const CLASSES = { up: 'running', down: 'failing' };

/** Asks for the health of the service; its body is the same whether components are up or down. */
export async function health(signal) {
  const response = await request('/q/health/well', { anyStatus: true, raw: true, signal });
  return response.json();
}

/** Returns the components of an answer: name, word, class, and the reason if something is wrong. */
export function componentsOf(answer) {
  const data = answer?.checks?.find(check => check.name === 'components')?.data || {};
  return Object.entries(data).filter(([name, value]) => name in NAMES && typeof value === 'string').map(([name, value]) => {
    const word = value.split(/[\s:;,]/)[0].toLowerCase();
    return { key: name, name: NAMES[name], word: WORDS[word] || value, class: CLASSES[word] || 'unknown',
      reason: WORDS[word] ? value.slice(word.length).replace(/^[\s:;,]+/, '') : '' };
  });
}

/** Keeps asking; `changed` receives the components, none while they are not known. */
export async function watchComponents(every, signal, changed) {
  while (!signal.aborted) {
    if (!document.hidden) {
      changed(componentsOf(await health(signal).catch(() => null)));
    }
    await sleep(every, signal);
  }
}

export function dots(components) {
  return components.length > 0 && h('a', { class: 'dots', href: '#/service' }, h('span', { class: 'hidden' }, 'Components: '), components.map(each =>
    h('span', { key: each.key, class: `dot ${each.class}`, title: [each.name, each.word, each.reason].filter(Boolean).join(' ') },
      each.name, h('span', { class: 'hidden' }, ` ${each.word}, `))));
}
