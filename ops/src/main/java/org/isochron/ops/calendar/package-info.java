/**
 * Session calendars of primary markets: time zones, weekly hours, holidays and early closes, resolved here at the edge into
 * the transitions that an operator has sequenced. The core knows no time zone and no holiday.
 */
package org.isochron.ops.calendar;
