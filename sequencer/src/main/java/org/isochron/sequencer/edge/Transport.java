package org.isochron.sequencer.edge;

/** Opens both ends of channels. One per node; used by that node's thread only. */
public interface Transport extends AutoCloseable {
    Inbound subscribe(Channel channel, LaneListener listener);

    Outbound publish(Channel channel);

    /** One duty cycle of whatever the transport needs driven on this thread; 0 when it drives itself. */
    int doWork();

    /** The same transport for an agent whose thread drives it elsewhere: its {@code doWork} and {@code close} do nothing. */
    default Transport drivenElsewhere() {
        return new DrivenElsewhere(this);
    }

    @Override
    void close();
}
