export { least } from '@millrace/protocol';
