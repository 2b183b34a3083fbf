import { byId, element, readData } from './dom.js';
import { showSheet } from './sheet.js';
import { showTimelines } from './timeline.js';
import { count } from './words.js';

const [head] = readData('head');
const pictures = readData('picture');
const videos = readData('video');
const failures = readData('failure');

/** What the page holds, in one line. */
const summary = () => {
  const faces =
    pictures.reduce((sum, picture) => sum + picture.faces.length, 0) +
    videos.reduce((sum, { tracks }) => sum + tracks.length, 0);
  const places = [
    ...(pictures.length > 0 ? [count(pictures.length, 'picture')] : []),
    ...(videos.length > 0 ? [count(videos.length, 'video')] : []),
  ];
  return `${count(faces, 'face')} in ${places.join(' and ') || 'nothing that could be read'}`;
};

/**
 * @param {string} id
 * @param {string} title
 * @param {readonly string[]} lines
 */
const showList = (id, title, lines) => {
  if (lines.length === 0) return;
  byId(id).append(
    element(
      'details',
      { open: lines.length <= 12 },
      element('summary', {}, title),
      element('ul', {}, ...lines.map((line) => element('li', {}, line))),
    ),
  );
};

if (head !== undefined) {
  byId('summary').textContent = summary();
  byId('model').textContent = `Read by the model “${head.modelName}” on ${head.provider}.`;
  showSheet(head, pictures);
  showTimelines(head, videos);
  const faceless = pictures.filter(({ faces }) => faces.length === 0).map(({ name }) => name);
  showList('faceless', `No face in ${count(faceless.length, 'picture')}`, faceless);
  showList(
    'failures',
    count(failures.length, 'failure'),
    failures.map(({ name, message }) => (message.includes(name) ? message : `${name}: ${message}`)),
  );
}
