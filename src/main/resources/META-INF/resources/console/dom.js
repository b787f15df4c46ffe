// A view is a function that returns nodes made by h(); draw() changes the page to match. Nodes that stay keep their focus,
// selection and scroll position, so a view can be drawn again whenever its data change.

const SVG = 'http://www.w3.org/2000/svg';
const NONE = {};

/** Describes an element. Properties that begin with "on" are listeners; `key` identifies a child among its siblings. */
export function h(tag, props, ...children) {
  return { tag, props: props || NONE, children: children.flat(Infinity).filter(shown).map(asNode) };
}

function shown(child) {
  return child !== null && child !== undefined && child !== false && child !== true && child !== '';
}

function asNode(child) {
  return typeof child === 'object' ? child : { text: String(child) };
}

/** Makes the content of an element match the nodes. */
export function draw(parent, ...nodes) {
  const next = nodes.flat(Infinity).filter(shown).map(asNode);
  patchChildren(parent, parent.drawn || [], next, false);
  parent.drawn = next;
}

function create(node, svg) {
  if (node.text !== undefined) {
    return (node.dom = document.createTextNode(node.text));
  }
  const inSvg = svg || node.tag === 'svg';
  const dom = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  node.dom = dom;
  for (const name in node.props) {
    set(dom, name, node.props[name], undefined);
  }
  for (const child of node.children) {
    dom.append(create(child, inSvg));
  }
  node.props.created?.(dom);
  return dom;
}

function set(dom, name, value, before) {
  if (value === before || name === 'key' || name === 'created') {
    return;
  }
  if (name.startsWith('on')) {
    listen(dom, name.slice(2), value);
  } else if (name === 'style') {
    Object.assign(dom.style, value);
  } else if (value !== undefined && (name === 'value' || name === 'checked' || name === 'indeterminate')) {
    dom[name] = value;
  } else if (value === false || value === null || value === undefined) {
    dom.removeAttribute(name);
  } else {
    dom.setAttribute(name, value === true ? '' : value);
  }
}

function listen(dom, type, listener) {
  dom.listeners ??= {};
  if (!(type in dom.listeners)) {
    dom.addEventListener(type, event => dom.listeners[type]?.call(dom, event));
  }
  dom.listeners[type] = listener;
}

function same(a, b) {
  return a.text !== undefined ? b.text !== undefined : a.tag === b.tag && a.props.key === b.props.key;
}

function patch(before, after, svg) {
  const dom = (after.dom = before.dom);
  if (after.text !== undefined) {
    if (after.text !== before.text) {
      dom.data = after.text;
    }
    return;
  }
  for (const name in before.props) {
    if (!(name in after.props)) {
      set(dom, name, undefined, before.props[name]);
    }
  }
  for (const name in after.props) {
    set(dom, name, after.props[name], before.props[name]);
  }
  patchChildren(dom, before.children, after.children, svg || after.tag === 'svg');
}

function patchChildren(parent, before, after, svg) {
  const keyed = new Map();
  for (const child of before) {
    if (child.props?.key !== undefined) {
      keyed.set(child.props.key, child);
    }
  }
  const kept = new Set();
  let at = 0;
  for (const child of after) {
    const match = partner(child, before, at, keyed, kept);
    if (match) {
      kept.add(match);
      patch(match, child, svg);
      at = before.indexOf(match, Math.max(0, at - 1)) + 1 || at;
    } else {
      create(child, svg);
    }
  }
  for (const child of before) {
    if (!kept.has(child)) {
      child.dom.remove();
    }
  }
  let place = parent.firstChild;
  for (const child of after) {
    if (child.dom === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(child.dom, place);
    }
  }
}

function partner(child, before, at, keyed, kept) {
  if (child.props?.key !== undefined) {
    const match = keyed.get(child.props.key);
    return match && same(match, child) ? match : undefined;
  }
  for (let index = at; index < before.length; index++) {
    if (!kept.has(before[index]) && same(before[index], child)) {
      return before[index];
    }
    if (before[index].props?.key === undefined) {
      return undefined;
    }
  }
  return undefined;
}

/** Returns a function that calls `work` once for any number of calls, at most 30 times a second. */
export function batched(work) {
  let waiting = false;
  let last = 0;
  const run = now => {
    if (now - last < 32) {
      requestAnimationFrame(run);
      return;
    }
    last = now;
    waiting = false;
    work();
  };
  return () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(run);
    }
  };
}
