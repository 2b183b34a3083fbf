/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes] `true` sets one without a value; `false`
 *   and undefined leave it out.
 * @param {(Node | string)[]} children texts are shown as they are: nothing in them is markup.
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
};

/**
 * Makes an element of a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export const drawing = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
};

/**
 * @param {Element} made
 * @param {Record<string, string | number | boolean | undefined>} attributes
 */
const setAttributes = (made, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
};

/**
 * The element with an id that the page has.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.querySelector(`#${id}`));

/**
 * Reads the data of one kind that the page carries, in the order of the inputs.
 *
 * @template {keyof import('../../src/outputs/html/page-data.ts').PageData} Kind
 * @param {Kind} kind
 * @returns {import('../../src/outputs/html/page-data.ts').PageData[Kind][]}
 */
export const readData = (kind) =>
  [...document.querySelectorAll(`script[data-kind="${kind}"]`)].map(({ textContent }) =>
    JSON.parse(textContent ?? ''),
  );
