import { OutputStems } from './output-stems.ts';

describe('names for what is made of inputs', () => {
  test('are paths without extensions', () => {
    const stems = new OutputStems();
    expect(stems.take('photo.jpg')).toBe('photo');
    expect(stems.take('2024/may/photo.jpg')).toBe('2024/may/photo');
    expect(stems.take('archive.tar.gz')).toBe('archive.tar');
    expect(stems.take('.hidden')).toBe('.hidden');
  });

  test('are never handed out twice, also where case is ignored', () => {
    const stems = new OutputStems();
    expect(['a/x.jpg', 'a/x.png', 'a/X.jpg', 'b/x.jpg'].map((path) => stems.take(path))).toEqual([
      'a/x',
      'a/x-2',
      'a/X-3',
      'b/x',
    ]);
  });

  test('differ also where folders become part of the name', () => {
    const stems = new OutputStems();
    expect(['a/b.jpg', 'a_b.jpg'].map((path) => stems.take(path))).toEqual(['a/b', 'a_b-2']);
  });

  test('do not lead out of their folder', () => {
    const stems = new OutputStems();
    expect(stems.take('../../etc/passwd.jpg')).toBe('etc/passwd');
    expect(stems.take('/photos/x.jpg')).toBe('photos/x');
  });
});
