// SPDX-License-Identifier: EUPL-1.2
// Runs in the page as it is shown right now (width, colour scheme, medium): everything in it that a reader would trip over, as an array of sentences.
// The script is the body of a function; its one argument tells its language.
const TEXT_LEAST = matchMedia("print").matches ? 10.6 : 11; // px, as rendered; on paper eight points
const CONTRAST_LEAST = 4.5;
const HATCHED_LEAST = 3; // against the thin lines of a pattern
const language = arguments[0];
const found = [];
const style = element => getComputedStyle(element);

function place(element) {
    const within = element.closest("[id]");
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50);
    const name = element.tagName.toLowerCase() + (element.getAttribute("class") ? "." + element.getAttribute("class").replace(/ /g, ".") : "");
    return `${name}${within ? " in #" + within.id : ""} '${text}'`;
}

function tell(element, what) {
    found.push(`${place(element)}: ${what}`);
}

// ---- colours

const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
const colours = new Map();

function colour(text) { // any way of writing a colour: red, green, blue 0..255 and alpha 0..1
    if (!colours.has(text)) {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = text;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        colours.set(text, [r, g, b, a / 255]);
    }
    return colours.get(text);
}

function over(front, back, opacity = 1) {
    const alpha = front[3] * opacity;
    return [0, 1, 2].map(i => front[i] * alpha + back[i] * (1 - alpha)).concat(1);
}

function luminance(c) {
    const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
}

function opacity(element) {
    let product = 1;
    for (let e = element; e; e = e.parentElement)
        product *= parseFloat(style(e).opacity);
    return product;
}

function laidUnder(element) { // the colour of a drawing that is laid under all of an element; none: transparent
    const shape = [...element.children].find(e => e.matches("svg[aria-hidden]") && style(e).position === "absolute" && style(e).inset === "0px")?.querySelector("rect");
    return colour(shape ? style(shape).fill : "transparent");
}

function ground(element) { // the colour behind an HTML element
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
        const under = laidUnder(e);
        const c = under[3] ? under : colour(style(e).backgroundColor);
        layers.push(c);
        if (c[3] === 1)
            break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255, 1]);
}

function expectContrast(element, ink, back, least, what) {
    const ratio = contrast(over(ink, back, opacity(element)), back);
    if (ratio < least)
        tell(element, `contrast ${ratio.toFixed(2)} ${what}, not ${least}`);
}

// ---- text in HTML

function isHiddenFromSight(element) { // for screen readers only: one pixel, clipped away
    for (let e = element; e; e = e.parentElement) {
        if (style(e).clipPath.startsWith("inset(50%"))
            return true;
    }
    return false;
}

function scrolls(element) {
    for (let e = element; e && e !== document.documentElement; e = e.parentElement) {
        if (/auto|scroll/.test(style(e).overflowX))
            return true;
    }
    return false;
}

function block(element) {
    let e = element;
    while (e.parentElement && style(e).display.startsWith("inline"))
        e = e.parentElement;
    return e;
}

function lookAtText(node) {
    const element = node.parentElement;
    if (!node.nodeValue.trim() || !element.checkVisibility({visibilityProperty: true}) || element.closest("svg, style, title") || isHiddenFromSight(element))
        return;
    const size = parseFloat(style(element).fontSize);
    if (size < TEXT_LEAST)
        tell(element, `letters of ${size} px`);
    expectContrast(element, colour(style(element).color), ground(element), CONTRAST_LEAST, "with what is behind it");
    const range = document.createRange();
    range.selectNodeContents(node);
    lookAtWords(node, element);
    const box = block(element).getBoundingClientRect();
    const isScrolled = scrolls(element);
    for (const rect of range.getClientRects()) {
        if (!isScrolled && (rect.right > document.documentElement.clientWidth + 1 || rect.left < -1))
            tell(element, `text beyond the edge of the page (${rect.left.toFixed(0)} to ${rect.right.toFixed(0)})`);
        else if (rect.width > 0 && (rect.right > box.right + 1.5 || rect.left < box.left - 1.5 || rect.bottom > box.bottom + size / 2))
            tell(element, `text sticks out of its box (${rect.left.toFixed(0)} to ${rect.right.toFixed(0)}, box ${box.left.toFixed(0)} to ${box.right.toFixed(0)})`);
    }
}

function lookAtWords(node, element) { // an ordinary word stays in one piece, unless it ends a line with a hyphen of its own
    const range = document.createRange();
    for (const word of node.nodeValue.matchAll(/\p{L}{5,20}/gu)) {
        const before = node.nodeValue[word.index - 1] || " ", after = node.nodeValue[word.index + word[0].length] || " ";
        if (!/[\s(,.:;-]/.test(before) || !/[\s),.:;-]/.test(after))
            continue; // a part of something longer
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const tops = [...range.getClientRects()].map(rect => Math.round(rect.top));
        if (new Set(tops).size > 1)
            tell(element, `the word '${word[0]}' is broken`);
    }
}

function lookAtBox(element) {
    const s = style(element);
    if (element.closest("svg") || isHiddenFromSight(element))
        return;
    if (/hidden|clip/.test(s.overflowX) && element.scrollWidth > element.clientWidth + 1)
        tell(element, `cut off: ${element.scrollWidth} px of content in ${element.clientWidth} px`);
    if (/hidden|clip/.test(s.overflowY) && element.scrollHeight > element.clientHeight + 1)
        tell(element, `cut off: ${element.scrollHeight} px of content in a height of ${element.clientHeight} px`);
    if (/auto|scroll/.test(s.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0)
        tell(element, "scrolls, but not with the keyboard");
}

// ---- text in drawings

const SHAPES = "rect, path, polygon, circle, ellipse";

function fills(shape) { // what may stand behind a letter: colours, each with the least contrast to it
    const fill = style(shape).fill;
    const pattern = /url\("?#([^")]+)"?\)/.exec(fill);
    if (!pattern)
        return fill === "none" || colour(fill)[3] === 0 ? [] : [[colour(fill), CONTRAST_LEAST, "with the shape behind it"]];
    const parts = [...document.getElementById(pattern[1]).children];
    const base = colour(style(parts[0]).fill);
    const lines = parts.slice(1).map(part => over(colour(style(part).stroke), base, parseFloat(style(part).opacity)));
    return [[base, CONTRAST_LEAST, "with the tile behind it"], ...lines.map(line => [line, HATCHED_LEAST, "with the pattern behind it"])];
}

function backs(text, svg, at) {
    const s = style(text);
    if (s.paintOrder.startsWith("stroke") && s.stroke !== "none" && parseFloat(s.strokeWidth) >= 3)
        return [[colour(s.stroke), CONTRAST_LEAST, "with its halo"]];
    const shapes = [...svg.querySelectorAll(SHAPES)].filter(shape => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
    for (const shape of shapes.reverse()) {
        const matrix = shape.getScreenCTM();
        if (!matrix || shape.closest("defs, pattern") || !shape.checkVisibility() || !shape.isPointInFill(at.matrixTransform(matrix.inverse())))
            continue;
        const colours = fills(shape);
        if (colours.length)
            return colours;
    }
    return [[ground(svg.parentElement), CONTRAST_LEAST, "with the page behind it"]];
}

// What a label's letters cover: without the room that the font keeps above and below them.
function letters(text) {
    const r = text.getBoundingClientRect();
    return {left: r.left + 0.5, right: r.right - 0.5, top: r.top + r.height * 0.22, bottom: r.bottom - r.height * 0.22, y: (r.top + r.bottom) / 2};
}

function meet(a, b, slack = 1) {
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;
}

function lookAtLabel(text, svg, frame, tiles) {
    const size = parseFloat(style(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b);
    if (size < TEXT_LEAST)
        tell(text, `letters of ${size.toFixed(1)} px`);
    const box = letters(text);
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        tell(text, "text leaves its drawing");
    const ink = colour(style(text).fill);
    const said = new Set();
    for (const share of [0.02, 0.5, 0.98]) {
        const at = new DOMPoint(box.left + (box.right - box.left) * share, box.y);
        for (const [back, least, what] of backs(text, svg, at)) {
            if (!said.has(what) && contrast(over(ink, back, opacity(text)), back) < least) {
                expectContrast(text, ink, back, least, what);
                said.add(what);
            }
        }
    }
    const centre = (box.left + box.right) / 2;
    const own = tiles.filter(t => t.left <= centre && centre <= t.right && t.top <= box.y && box.y <= t.bottom);
    if (own.length && tiles.some(t => !own.includes(t) && meet(box, t)))
        tell(text, "label reaches into another tile");
}

function lookAtDrawing(svg) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter(t => t.textContent.trim() && t.checkVisibility({visibilityProperty: true}));
    const tiles = [...svg.querySelectorAll("rect")].filter(r => /\bs[0-7]\b/.test(r.getAttribute("class") || "")).map(r => r.getBoundingClientRect());
    texts.forEach(text => lookAtLabel(text, svg, frame, tiles));
    const boxes = texts.map(letters);
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, k) => {
        if (meet(a, b, 1.5))
            tell(texts[i], `label over another one, '${texts[i + 1 + k].textContent}'`);
    }));
    if (frame.width < 1 || frame.height < 1)
        tell(svg, "an empty drawing");
}

// ---- structure

function lookAtStructure() {
    const root = document.documentElement;
    if (root.lang !== language)
        tell(root, `lang is '${root.lang}'`);
    if (!document.title.trim())
        tell(root, "the window has no title");
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => [h, +h.tagName[1]]);
    if (levels.filter(([, level]) => level === 1).length !== 1)
        tell(root, "not one h1");
    levels.forEach(([heading, level], i) => {
        if (level > (i ? levels[i - 1][1] : 0) + 1)
            tell(heading, "a level of headings is left out");
        if (!heading.textContent.trim())
            tell(heading, "an empty heading");
    });
    for (const e of document.querySelectorAll("script, link, iframe, img, object, embed, form, audio, video, base"))
        tell(e, "an element that has no place on a page");
    for (const e of document.querySelectorAll("*")) {
        for (const a of e.attributes) {
            if (a.name.startsWith("on") || (a.name === "style" && /url|expression/.test(a.value)))
                tell(e, `the attribute ${a.name}`);
            if (/^(aria-labelledby|aria-describedby|headers)$/.test(a.name) && !a.value.split(" ").every(id => document.getElementById(id)))
                tell(e, `${a.name} names nothing`);
            if (a.name === "href" && !(a.value.startsWith("#") && document.getElementById(a.value.slice(1))))
                tell(e, `a link to ${a.value}`);
        }
    }
    const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
    for (const id of ids.filter((name, i) => ids.indexOf(name) !== i))
        tell(root, `the id ${id} is there twice`);
    for (const svg of document.querySelectorAll("svg")) {
        const [title, description] = ["title", "desc"].map(name => svg.querySelector(`:scope > ${name}`)?.textContent.trim());
        const isNamed = svg.closest("figure") ? title && description : svg.getAttribute("aria-label");
        if (svg.getAttribute("aria-hidden") !== "true" && !(svg.getAttribute("role") === "img" && isNamed))
            tell(svg, svg.closest("figure") ? "a drawing without a title or a description" : "a sign without a name");
    }
    for (const figure of document.querySelectorAll("figure")) {
        if (!(figure.closest("section") || document.querySelector("main")).querySelector("table"))
            tell(figure, "no table near the drawing");
    }
}

const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
if (beyond > 0)
    found.push(`the page is ${beyond} px wider than the window`);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode())
    lookAtText(walker.currentNode);
document.querySelectorAll("body *").forEach(lookAtBox);
document.querySelectorAll("svg[role=img]").forEach(lookAtDrawing);
lookAtStructure();
return found;
