/**
 * What an operator tells a new venue before anybody can trade: assets, instruments, firms, accounts, sessions and first
 * deposits, as sequenced commands of session 1. {@link org.isochron.ops.definition.VenueDefinitions} says what, {@link
 * org.isochron.ops.definition.Operator} sends it and waits for every single outcome.
 */
package org.isochron.ops.definition;
