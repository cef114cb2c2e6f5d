/** What went wrong, what that means and what to do: one strip each, under the top. */
import type { Camera } from "@/features/sensing/camera";
import type { Keeping } from "@/keeping";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import { Icon } from "@/ui/Icon";

export interface NoticesProps {
  listening: Listening;
  camera: Camera;
  keeping: Keeping;
  /** Play music of one's own while the server is away. */
  onOwn(): void;
}

export function Notices({ listening, camera, keeping, onOwn }: NoticesProps) {
  const notice = listening.notice.value;
  const trouble = camera.trouble.value;
  const renew = keeping.renew.value;
  return (
    <div class="notices" role="status">
      {listening.away.value && (
        <div class="notice trouble">
          <p class="notice-words">
            {texts.house.away}{" "}
            <span class="soft">
              {listening.sound.playing.value ? texts.house.awayPlaying : texts.house.awayQuiet}
            </span>
          </p>
          {!listening.sound.playing.value && (
            <button type="button" class="button quiet" onClick={onOwn}>
              {texts.house.own}
            </button>
          )}
          <button type="button" class="button" onClick={listening.retry}>
            {texts.house.retry}
          </button>
        </div>
      )}
      {renew && (
        <div class="notice">
          <p class="notice-words">{texts.house.newer}</p>
          <button type="button" class="button" onClick={renew}>
            {texts.house.renew}
          </button>
        </div>
      )}
      {listening.house.value?.tracks === 0 && (
        <div class="notice">
          <p class="notice-words">
            {texts.house.noMusic} <span class="soft">{texts.house.noMusicRemedy}</span>
          </p>
        </div>
      )}
      {trouble && (
        <div class="notice trouble">
          <p class="notice-words">
            {trouble.problem} <span class="soft">{trouble.remedy}</span>
          </p>
          <Dismiss onClick={camera.stop} />
        </div>
      )}
      {notice && (
        <div class={`notice ${notice.tone}`}>
          <p class="notice-words">
            {notice.text} {notice.remedy && <span class="soft">{notice.remedy}</span>}
          </p>
          <Dismiss
            onClick={() => {
              listening.notice.value = null;
            }}
          />
        </div>
      )}
    </div>
  );
}

function Dismiss({ onClick }: { onClick(): void }) {
  return (
    <button type="button" class="button quiet round" aria-label={texts.dismiss} onClick={onClick}>
      <Icon name="close" size={20} />
    </button>
  );
}
