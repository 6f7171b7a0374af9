import { describe, expect, it, onTestFailed, vi } from 'vitest';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { desiredAndDerived } from '../testing/document-snapshot.ts';
import { fineTable, peerTable } from '../testing/peer-table.ts';

/** A link between two centres is cut and healed. */
export function cutLink(site: () => DeployedSite): void {
  describe('a link that is cut', () => {
    it('changes what its two ends say of each other and nothing else, until it is healed', async () => {
      const { centres, patience } = site();
      // No tenant runs yet, and an exporter is looked at again and again: this is how its last look ends.
      await vi.waitFor(async () => {
        const { status } = await site().centre('production').dataset('licences/licences');
        expect(status?.conditions).toContainEqual(
          expect.objectContaining({
            type: 'SourceReady',
            reason: 'ClaimMissing',
            message:
              'There is no PersistentVolumeClaim licences. Make it, or correct spec.files.volumeClaim.',
          }),
        );
      }, patience);
      const documents = await desiredAndDerived(centres);
      const bystander = site().centre('remote-dr');
      const { metadata, spec } = await bystander.topology();

      await site().link('cut', 'production', 'local-dr');
      onTestFailed(() => site().link('heal', 'production', 'local-dr'));
      const ends = ['production → local-dr', 'local-dr → production'];
      await vi.waitFor(async () => {
        const table = await peerTable(centres);
        const changed = Object.entries(table).filter(([pair, state]) => state !== fineTable(centres)[pair]);
        expect(Object.fromEntries(changed)).toEqual(
          Object.fromEntries(ends.map((pair) => [pair, 'Unreachable, Unknown'])),
        );
      }, patience);
      for (const name of ['production', 'local-dr']) {
        const { status } = await site().centre(name).topology();
        expect(status?.conditions).toContainEqual(
          expect.objectContaining({ type: 'PeersReachable', status: 'False', reason: 'PeerUnreachable' }),
        );
      }
      expect(await desiredAndDerived(centres)).toEqual(documents);

      await site().link('heal', 'production', 'local-dr');
      await vi.waitFor(async () => {
        expect(await peerTable(centres)).toEqual(fineTable(centres));
      }, patience);
      expect(await desiredAndDerived(centres)).toEqual(documents);
      expect(await bystander.topology()).toMatchObject({
        metadata: { uid: metadata.uid, generation: metadata.generation },
        spec,
      });
    });
  });
}
