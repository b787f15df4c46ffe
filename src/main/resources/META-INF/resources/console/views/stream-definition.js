// The definition of a stream as YAML.

import { may, name as part } from '../api.js';
import { draw, h } from '../dom.js';
import { textOf } from '../parts/texts.js';
import { highlighted, toYaml } from '../parts/yaml.js';
import { toast } from '../shell.js';
import { curl } from './stream.js';

export function showTab({ root, name, stream }) {
  if (!stream.definition) {
    draw(root, h('p', { class: 'quiet' }, 'The definition cannot be read.'));
    return;
  }
  const text = textOf(stream) ?? toYaml(stream.definition);
  const copy = async (text, done) => {
    await navigator.clipboard.writeText(text);
    toast(done);
  };
  draw(root, h('div', { class: 'stack' }, h('div', { class: 'row' },
    h('button', { onclick: () => copy(text, 'The YAML is in the clipboard.') }, 'Copy as YAML'),
    h('button', { onclick: () => copy(curl(stream.definition), 'The command is in the clipboard.') }, 'Copy as curl'),
    may('operate') && h('a', { class: 'button', href: `#/new?edit=${part(name)}` }, 'Edit and replace')),
  h('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Definition' }, highlighted(text))));
}
