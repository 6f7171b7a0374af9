import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { ApiClient, Selection } from './api-client.ts';

/** Objects a page. */
const PAGE = 500;

/** The objects of a selection, page after page, as far as they are asked for. @throws ApiError */
export async function* everyObject<T extends ApiObject>(
  client: Pick<ApiClient, 'listPage'>,
  type: ResourceType<T>,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let next: string | undefined;
  do {
    const page = await client.listPage(type, { ...selection, limit: PAGE, continue: next }, { signal });
    yield* page.items;
    next = page.continue;
  } while (next !== undefined);
}
