import type { ComponentType } from 'preact';
import { memo } from 'preact/compat';
import type { Block } from '../conversation/conversation';
import { ApprovalPrompt } from './approval-prompt';
import { BrowserPreview } from './browser-preview';
import { FileUpload } from './file-upload';
import { ImageBlock } from './image-block';
import { IntegrationPrompt } from './integration-prompt';
import { TaskCard } from './task-card';
import { UnknownBlock } from './unknown-block';

export interface BlockProps {
  block: Block;
}

const kinds = new Map<string, ComponentType<BlockProps>>([
  ['approval_prompt', ApprovalPrompt],
  ['browser_preview', BrowserPreview],
  ['file_upload', FileUpload],
  ['image', ImageBlock],
  ['integration_prompt', IntegrationPrompt],
  ['task_card', TaskCard],
]);

export const BlockView = memo(function BlockView({ block }: BlockProps) {
  const Kind = kinds.get(block.type) ?? UnknownBlock;
  return <Kind block={block} />;
});
