/**
 * The schemas as data: every message with its fields, groups and enums, read once from the intermediate representation
 * that the SBE tool leaves beside the generated codecs. For what treats all messages alike (checking their shape,
 * printing them); whoever knows its message uses the generated codec.
 */
package org.isochron.codecs.schema;
