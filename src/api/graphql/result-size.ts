import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_FIRST } from '../../services/paging.ts';

/**
 * Assumed items of any other list, as in a report or the schema: only the execution knows their number.
 */
const LIST_ITEMS = 10;

/** Whether the type is a page of a list. */
export const isConnection = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');
/** Rows of a page, by the arguments of its field. */
export const pageSize = ({ first }: Record<string, unknown>): number =>
  typeof first === 'number' ? Math.max(first, 0) : DEFAULT_FIRST;

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/**
 * How many values the result of an operation may hold; an object or a list counts as one. The cost limits what is read;
 * this limits what is made of it: a value under many aliases, fragments in fragments, the schema within the schema.
 * Every selection is visited once, however often its fragment is used.
 * @param document valid, so without cycles of fragments
 * @throws GraphQLError for arguments that do not fit their types
 */
export function resultSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Parameters<typeof getArgumentValues>[2],
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const known = new Map<SelectionSetNode, number>();

  function valuesOf(selected: SelectionSetNode, type: GraphQLNamedType): number {
    let values = known.get(selected);
    if (values !== undefined) return values;
    values = 0;
    for (const selection of selected.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = isCompositeType(type) ? schema.getField(type, selection.name.value) : undefined;
        if (!field) continue;
        const inner = getNamedType(field.type);
        const each = selection.selectionSet ? valuesOf(selection.selectionSet, inner) : 0;
        const isPage = isConnection(inner);
        const isOfPage = isConnection(type);
        const items = isPage
          ? pageSize(getArgumentValues(field, selection, variables))
          : isList(field.type) && !isOfPage
            ? LIST_ITEMS
            : 1;
        values += 1 + each * items;
      } else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
        if (fragment) values += valuesOf(fragment.selectionSet, condition ?? type);
      }
    }
    known.set(selected, values);
    return values;
  }
  return valuesOf(operation.selectionSet, schema.getRootType(operation.operation)!);
}
