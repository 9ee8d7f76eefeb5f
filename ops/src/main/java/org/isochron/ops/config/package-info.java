/**
 * The configuration file (HOCON) as small records, one per node, each checked in its constructor. {@link
 * org.isochron.ops.config.VenueConfig#load} reads a file strictly: an unknown key, a missing one, a wrong type and an
 * impossible value are each refused with file, line, full path, value and what would be right.
 */
package org.isochron.ops.config;
