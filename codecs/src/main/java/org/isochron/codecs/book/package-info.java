/** What a venue and its clients work out alike about a public order book. */
package org.isochron.codecs.book;
