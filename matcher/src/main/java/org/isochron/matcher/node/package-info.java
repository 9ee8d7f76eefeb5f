/**
 * The nodes that hold a copy of the venue: a replica of {@link org.isochron.matcher.venue.Venue} each, different only in
 * what they do with its events. Everything is put together here and nothing is decided.
 */
package org.isochron.matcher.node;
