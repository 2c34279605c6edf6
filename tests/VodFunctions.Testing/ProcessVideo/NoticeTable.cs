namespace VodFunctions.Testing.ProcessVideo;

/// <summary>
/// What every event does in every state of a video, its job and its notice. Written down from the design (sections 3 to 5),
/// not from the code: when a cell fails, one of the two is wrong. <see cref="ProcessVideoSuite"/> tries each cell on the
/// real engine, in a world of its own, or in one for all the refusals of a state.
/// <code>
/// A cell is what there is when the event is over and nothing moves any more:
///   CS    job, then notice:  -  none   P  PENDING   C  COMPLETED   E  ERROR
///                            -  none   P  PENDING   C  COMPLETED   F  FAILED   S  SENT
///   xx    gone: deleted, or a ticket that was never used and is forgotten
///   +2    so many pushes came of it
///   *     GET notifications lists it, under the current attempt's id; without: it does not
///   =     nothing has changed, nothing was pushed
///   !404  the call is refused, and nothing has changed, nothing was pushed:
///         !400 INVALID_REQUEST   !403 FORBIDDEN   !404 NOT_FOUND   !early NOTIFICATION_NOT_DUE
///         !other POST_EXISTS     !late POST_EXPIRED                !final JOB_NOT_REQUEUEABLE
///   .     there is no such event in that state: the first attempt has no earlier one
///
/// The states ("is" says what each looks like):
///   ticket        no job yet                        +post     with the post submitted
///   running       the job is in its transcode       +post     with the post submitted
///   made          the job is COMPLETED              broken    it has failed (TIMED_OUT)        rejected   NOT_A_VIDEO
///     (none)      there is no post                  due       posted, but the push service is down
///     sent        pushed once, not acknowledged     seen      acknowledged
///     unseen      24 h later, not acknowledged      unposted  7 days later, no post
///   again ...     attempt 2, COMPLETED; attempt 1 has failed, its notice was SENT and never acknowledged
///   deleted       by its owner, after "sent"
///
/// The events that need words:
///   upload        the stored upload's event comes (once more)
///   post, other   the owner submits the post; with another text
///   completes, fails, rejected   the job ends that way; where it has ended, or never began: its last activity runs once more
///   ack           without an id; ack id: of the current attempt; ack old, ack new: of the one before, of the next one;
///                 ack else: of another video; ack x2: twice; ack bob: by a stranger; ack viewer: by one without any role
///   30 s ...      time passes, the clock stopping at each timer, and then the sweep runs
///   schedule      72.5 minutes pass: 30 s, 2 min, 10 min, 1 h
///   down, back    the push service fails; answers again; and 30 s pass
///   stray post, stray ack   the orchestration's event is raised, but what it says is not in the record
///   restart       the host stops and starts
/// </code>
/// </summary>
public static class NoticeTable
{
    /// <summary>The table.</summary>
    public static StateTable Table { get; } = new(
        """
        state           | is  | upload | post  | other  | bob posts | completes | fails | rejected
        ticket          | --  | CP     | =     | =      | !404      | =         | =     | =
        ticket+post     | --  | CS+1*  | =     | !other | !404      | =         | =     | =
        running         | PP  | =      | =     | =      | !404      | CP        | EP    | EP
        running+post    | PP  | =      | =     | !other | !404      | CS+1*     | ES+1* | ES+1*
        made            | CP  | =      | CS+1* | CS+1*  | !404      | =         | =     | =
        made due        | CP* | =      | =     | !other | !404      | =         | =     | =
        made sent       | CS* | =      | =     | !other | !404      | =         | =     | =
        made seen       | CC  | =      | =     | !other | !404      | =         | =     | =
        made unseen     | CF* | =      | =     | !other | !404      | =         | =     | =
        made unposted   | CF  | =      | !late | !late  | !404      | =         | =     | =
        broken          | EP  | =      | ES+1* | ES+1*  | !404      | =         | =     | =
        broken due      | EP* | =      | =     | !other | !404      | =         | =     | =
        broken sent     | ES* | =      | =     | !other | !404      | =         | =     | =
        broken seen     | EC  | =      | =     | !other | !404      | =         | =     | =
        broken unseen   | EF* | =      | =     | !other | !404      | =         | =     | =
        broken unposted | EF  | =      | !late | !late  | !404      | =         | =     | =
        rejected        | EP  | =      | ES+1* | ES+1*  | !404      | =         | =     | =
        rejected sent   | ES* | =      | =     | !other | !404      | =         | =     | =
        rejected seen   | EC  | =      | =     | !other | !404      | =         | =     | =
        again running   | PP  | =      | =     | !other | !404      | CS+1*     | ES+1* | ES+1*
        again due       | CP* | =      | =     | !other | !404      | =         | =     | =
        again sent      | CS* | =      | =     | !other | !404      | =         | =     | =
        again seen      | CC  | =      | =     | !other | !404      | =         | =     | =
        again unseen    | CF* | =      | =     | !other | !404      | =         | =     | =
        deleted         | xx  | =      | !404  | !404   | !404      | =         | =     | =

        state           | ack    | ack id | ack x2 | ack old | ack new | ack else | ack bob | ack viewer
        ticket          | !early | !400   | !early | .       | !400    | !400     | !404    | !404
        ticket+post     | !early | !400   | !early | .       | !400    | !400     | !404    | !404
        running         | !early | !early | !early | .       | !400    | !400     | !404    | !404
        running+post    | !early | !early | !early | .       | !400    | !400     | !404    | !404
        made            | !early | !early | !early | .       | !400    | !400     | !404    | !404
        made due        | CC     | CC     | CC     | .       | !400    | !400     | !404    | !404
        made sent       | CC     | CC     | CC     | .       | !400    | !400     | !404    | !404
        made seen       | =      | =      | =      | .       | !400    | !400     | !404    | !404
        made unseen     | CC     | CC     | CC     | .       | !400    | !400     | !404    | !404
        made unposted   | !early | !early | !early | .       | !400    | !400     | !404    | !404
        broken          | !early | !early | !early | .       | !400    | !400     | !404    | !404
        broken due      | EC     | EC     | EC     | .       | !400    | !400     | !404    | !404
        broken sent     | EC     | EC     | EC     | .       | !400    | !400     | !404    | !404
        broken seen     | =      | =      | =      | .       | !400    | !400     | !404    | !404
        broken unseen   | EC     | EC     | EC     | .       | !400    | !400     | !404    | !404
        broken unposted | !early | !early | !early | .       | !400    | !400     | !404    | !404
        rejected        | !early | !early | !early | .       | !400    | !400     | !404    | !404
        rejected sent   | EC     | EC     | EC     | .       | !400    | !400     | !404    | !404
        rejected seen   | =      | =      | =      | .       | !400    | !400     | !404    | !404
        again running   | !early | !early | !early | =       | !400    | !400     | !404    | !404
        again due       | CC     | CC     | CC     | =       | !400    | !400     | !404    | !404
        again sent      | CC     | CC     | CC     | =       | !400    | !400     | !404    | !404
        again seen      | =      | =      | =      | =       | !400    | !400     | !404    | !404
        again unseen    | CC     | CC     | CC     | =       | !400    | !400     | !404    | !404
        deleted         | !404   | !404   | !404   | .       | !404    | !404     | !404    | !404

        state           | 30 s  | schedule | 24 h   | 7 d    | 30 d   | down  | back
        ticket          | =     | =        | =      | xx     | xx     | =     | =
        ticket+post     | =     | =        | =      | xx     | xx     | =     | =
        running         | =     | =        | EP     | EP     | EF     | =     | =
        running+post    | =     | =        | ES+1*  | EF+27* | EF+27* | =     | =
        made            | =     | =        | =      | CF     | xx     | =     | =
        made due        | =     | =        | CF*    | CF*    | CF*    | =     | CS+1*
        made sent       | CS+1* | CS+4*    | CF+26* | CF+26* | CF+26* | =     | CS+1*
        made seen       | =     | =        | =      | =      | =      | =     | =
        made unseen     | =     | =        | =      | =      | =      | =     | =
        made unposted   | =     | =        | =      | =      | xx     | =     | =
        broken          | =     | =        | =      | EF     | xx     | =     | =
        broken due      | =     | =        | EF*    | EF*    | EF*    | =     | ES+1*
        broken sent     | ES+1* | ES+4*    | EF+26* | EF+26* | EF+26* | =     | ES+1*
        broken seen     | =     | =        | =      | =      | =      | =     | =
        broken unseen   | =     | =        | =      | =      | =      | =     | =
        broken unposted | =     | =        | =      | =      | xx     | =     | =
        rejected        | =     | =        | =      | EF     | xx     | =     | =
        rejected sent   | ES+1* | ES+4*    | EF+26* | EF+26* | EF+26* | =     | ES+1*
        rejected seen   | =     | =        | =      | =      | =      | =     | =
        again running   | =     | =        | ES+1*  | EF+27* | EF+27* | =     | =
        again due       | =     | =        | CF*    | CF*    | CF*    | =     | CS+1*
        again sent      | CS+1* | CS+4*    | CF+26* | CF+26* | CF+26* | =     | CS+1*
        again seen      | =     | =        | =      | =      | =      | =     | =
        again unseen    | =     | =        | =      | =      | =      | =     | =
        deleted         | =     | =        | =      | =      | =      | =     | =

        state           | requeue | owner requeues | delete | admin deletes | bob deletes | stray post | stray ack | restart
        ticket          | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        ticket+post     | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        running         | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        running+post    | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made            | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made due        | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made sent       | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made seen       | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made unseen     | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        made unposted   | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        broken          | CP      | !403           | xx     | xx            | !404        | =          | =         | =
        broken due      | CP*     | !403           | xx     | xx            | !404        | =          | =         | =
        broken sent     | CS+1*   | !403           | xx     | xx            | !404        | =          | =         | =
        broken seen     | CS+1*   | !403           | xx     | xx            | !404        | =          | =         | =
        broken unseen   | CS+1*   | !403           | xx     | xx            | !404        | =          | =         | =
        broken unposted | CP      | !403           | xx     | xx            | !404        | =          | =         | =
        rejected        | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        rejected sent   | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        rejected seen   | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        again running   | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        again due       | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        again sent      | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        again seen      | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        again unseen    | !final  | !403           | xx     | xx            | !404        | =          | =         | =
        deleted         | !404    | !403           | !404   | !404          | !404        | =          | =         | =
        """);
}
