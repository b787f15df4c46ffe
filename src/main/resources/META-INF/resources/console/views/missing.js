import { draw, h } from '../dom.js';
import { title } from '../shell.js';

export async function show({ root }) {
  title('Not found');
  draw(root, h('div', { class: 'empty' }, h('h1', null, 'There is no such view'), h('a', { class: 'button primary', href: '#/' }, 'To the beginning')));
}
