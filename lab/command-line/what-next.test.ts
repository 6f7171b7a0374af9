import { expect, test } from 'vitest';
import { CentreDeadlineError, ComponentFailingError, LeftBehindError } from '../errors.ts';
import { describeInstance } from '../instance.ts';
import { whatNext } from './what-next.ts';

test.each([
  whatNext(describeInstance('blue', 5, '/state', ['east', 'west'])),
  new ComponentFailingError('blue', 'east', 'etcd', 4, 'no', '/log').message,
  new CentreDeadlineError('blue', 'east', 'node', 240, 'power', '/logs').message,
  new LeftBehindError('blue', 'Instance "blue"', 'down', ['x']).message,
])('advice about an instance is about that instance alone', (advice) => {
  expect(advice).toContain('lab -- --instance blue');
  expect(advice).not.toMatch(/npm run lab(`| -- (?!--instance blue))/);
  expect(advice).not.toContain('production');
});
