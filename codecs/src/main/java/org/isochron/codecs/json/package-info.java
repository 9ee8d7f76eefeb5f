/**
 * Messages as JSON, both ways, for people, scripts and journals: {@link org.isochron.codecs.json.MessagePrinter} and
 * {@link org.isochron.codecs.json.MessageParser}. Both walk the schema, so a new message needs no line of code here.
 *
 * <p>Message and field names are exactly the schema's. Enums go by name, sets as arrays of names, prices and money as
 * decimal strings in units, every other 64-bit integer as a string of digits (JSON numbers lose digits beyond 2^53),
 * hashes as 16 hex digits, smaller integers as numbers, instruments and assets by symbol. A field that holds its null is
 * left out, and one left out holds its null. Fields that are reserved are never shown and always zero.
 */
package org.isochron.codecs.json;
