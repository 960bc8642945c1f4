// Makes elements and keeps them current; nothing that a station says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Returns an element; a function among the attributes listens, `null` and `false` are left out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Returns an element of a drawing. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Gives an element other children, and only where what they are made of has changed. */
export function refill(element, of, children) {
  const key = JSON.stringify(of);
  if (element.dataset.of === key) return;
  element.dataset.of = key;
  element.replaceChildren(...children());
}

/** Gives an element these children in this order, and moves none that stays: focus and selection live in it. */
export function arrange(element, children) {
  const wanted = new Set(children);
  for (const child of [...element.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, n) => element.children[n] === child || element.insertBefore(child, element.children[n] ?? null));
}

/** What of a view follows the station: each part tells how it looks, and is touched when it changes. */
export class Bound {
  constructor() {
    this.parts = [];
  }

  /** Returns a text that is what `say` makes of each state. */
  text(say) {
    const node = document.createTextNode("");
    this.parts.push((state) => {
      const now = String(say(state) ?? "");
      if (node.data !== now) node.data = now;
    });
    return node;
  }

  /** Lets an attribute follow; `null` takes it away. */
  attribute(element, name, say) {
    this.parts.push((state) => {
      const now = say(state);
      if (now === null || now === false) element.removeAttribute(name);
      else if (element.getAttribute(name) !== String(now)) element.setAttribute(name, now);
    });
    return element;
  }

  /** Shows an element only while `when` says so. */
  shown(element, when) {
    this.parts.push((state) => {
      element.hidden = !when(state);
    });
    return element;
  }

  /** Calls `change` with every state. */
  each(change) {
    this.parts.push(change);
  }

  /** Lets everything follow a new state. */
  update(state) {
    for (const part of this.parts) part(state);
  }
}
