/**
 * The way in: {@link org.isochron.ops.Main} parses the command line and hands over to a command. Everything a person
 * touches is here and below: configuration files, the demonstration's traders, the feed, the live view, the summary. The
 * trading path itself is in the other modules.
 */
package org.isochron.ops;
