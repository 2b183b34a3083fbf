import { join } from 'node:path';
import { emptyFolder, writeFiles } from '../dataset/image-folder.test-support.ts';
import { VOTE_COLUMNS } from '../dataset/read-votes.ts';
import { voteVerdicts } from './vote-verdicts.ts';

test('says why images have no voted label, by file name or by row', async () => {
  const root = await emptyFolder();
  await writeFiles(root, {
    'votes.csv': [
      `Image name,${VOTE_COLUMNS.join(',')}`,
      'a.png,0,0,0,0,0,0,0,0,1,9',
      'b.png,0,0,0,0,0,0,0,0,8,2',
      'c.png,1,1,1,1,1,1,1,1,1,1',
      'd.png,0,0,0,0,0,0,0,0,0,10',
    ].join('\n'),
  });
  const votes = join(root, 'votes.csv');
  expect(
    await voteVerdicts({ votes, sources: ['train/x/b.png', 'train/x/a.png', 'row 3', 'row 4', 'y/e.png'] }),
  ).toEqual([
    { reason: 'most taggers found no face', sources: ['train/x/a.png', 'row 4'] },
    { reason: 'most taggers found it unclear', sources: ['train/x/b.png'] },
    { reason: 'no two taggers agree', sources: ['row 3'] },
    { reason: 'no votes', sources: ['y/e.png'] },
  ]);
});
