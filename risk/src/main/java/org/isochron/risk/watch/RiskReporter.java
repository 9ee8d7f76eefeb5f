package org.isochron.risk.watch;

import org.agrona.MutableDirectBuffer;

/** Carries a risk node's proposals and scan reports to the gateway, to be sequenced. */
@FunctionalInterface
public interface RiskReporter {
    /**
     * @param message a LiquidationProposal or ScanCompleted with its header; its seqNum is the reporter's to fill in.
     * @return true when taken; false to be asked again later.
     */
    boolean send(MutableDirectBuffer message, int offset, int length);
}
