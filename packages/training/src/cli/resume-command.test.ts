import { execFileSync } from 'node:child_process';
import { resumeCommand } from './resume-command.ts';

test('repeats the arguments, resumes once and starts nothing anew', () => {
  expect(resumeCommand(['--data', 'a/b', '--fresh', '--lr', '1e-3'])).toBe(
    'npx nx run training:fit -- --data a/b --lr 1e-3 --resume',
  );
  expect(resumeCommand(['--resume', '--accept-new-code'])).toBe('npx nx run training:fit -- --resume');
});

test('quotes what a shell would take apart', () => {
  const awkward = ['my faces', "it's", '$HOME', '{"cval": 3}', 'a*b', ''];
  const command = resumeCommand(awkward).replace(/^npx nx run training:fit -- /u, '');
  const parsed = execFileSync('sh', ['-c', `for a in ${command}; do printf '%s\\n' "$a"; done`], {
    encoding: 'utf8',
  });
  expect(parsed.split('\n').slice(0, -2)).toEqual(awkward);
});
