import { z } from 'zod';
import { recordType, type Store, StoreError } from './store.js';

/** In a database into which another one is being copied, from before its first row until all has been verified. */
export const halfMovedRecord = recordType(
  'moving',
  z.object({
    /** Which database it is: a hash, since addresses hold passwords. */
    from: z.string(),
    /** The mark of the last page that was copied. */
    mark: z.string().optional(),
    /** Rows copied so far. */
    rows: z.int(),
  }),
);
/** The one record of that type. */
export const halfMovedId = 'here';

/** @throws StoreError for a database that holds a part of another one: what a bot did on it would be lost or mixed */
export async function refuseHalfMoved(store: Store): Promise<void> {
  if (await store.get(halfMovedRecord, halfMovedId))
    throw new StoreError(
      'The database holds a part of another one, of which the copying was cut short. Run the same "npm run move" again, or empty it.',
    );
}
