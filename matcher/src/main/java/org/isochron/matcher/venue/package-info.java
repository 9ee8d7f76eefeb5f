/**
 * The deterministic core: {@link org.isochron.matcher.venue.Venue} applies one sequenced command at a time to the four
 * nouns (books, ledger, marks, sessions) and writes the events. Only here do money and order books meet.
 *
 * <p>{@code *Desk} classes check a kind of command and carry it out; {@code Reports} and {@code MarketData} write events;
 * {@code PendingWork} is what one command has left over for the next. Slots are dense numbers from 0, -1 for none.
 */
package org.isochron.matcher.venue;
