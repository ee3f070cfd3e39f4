/** In the place of a member whose data was removed, where a record cannot do without an id. No user has it. */
export const nobody = '0';
