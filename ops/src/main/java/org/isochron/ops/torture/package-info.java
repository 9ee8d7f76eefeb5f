/**
 * A venue of real processes whose nodes are killed under load, again and again, and an outside witness:
 * {@link org.isochron.ops.torture.Torture} kills and starts, {@link org.isochron.ops.torture.LedgerClients} trade and note
 * down everything they are told, {@link org.isochron.ops.torture.Audit} holds those notes against the journals afterwards.
 */
package org.isochron.ops.torture;
